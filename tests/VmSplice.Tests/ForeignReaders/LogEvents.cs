using System.Globalization;
using System.Text;
using VmSplice.Tests.Texts;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>Streams of <see cref="LogEvent"/>, and what foreign readers print of them.</summary>
internal static class LogEvents
{
    /// <summary>The record on the command line.</summary>
    internal static string[] Arguments { get; } = Everything.Fields(
        "Time:i64", "Message:text", "Host:text",
        "Samples:list:pack1{Value:f64,Number:i32,IsLast:bool}", "Level:enum(i32,Debug=0,Warning=1,Error=2)", "Thread:i32");

    /// <summary>Lengths that vary, with the edges among them.</summary>
    internal static Lengths LengthsOf(long index, int most)
        => new((index % 5) switch { 0 => 0, 1 => 1, 2 => most, _ => (int)(index * 7_919 % (most + 1)) }, (int)(index % 4));

    internal static void Write(RecordWriter<LogEvent> writer, int count, int most, int flushEvery)
    {
        for (int i = 0; i < count; i++)
        {
            LogEvent.Write(writer, i, LengthsOf(i, most));
            if (flushEvery != 0 && (i + 1) % flushEvery == 0)
            {
                writer.Flush();
            }
        }
    }

    internal static async Task WriteAsync(RecordWriter<LogEvent> writer, int count, int most, int flushEvery)
    {
        for (int i = 0; i < count; i++)
        {
            if (writer.FreeSlots == 0 || (flushEvery != 0 && i % flushEvery == 0))
            {
                await writer.FlushAsync();
            }

            LogEvent.Write(writer, i, LengthsOf(i, most));
        }

        await writer.CompleteAsync();
    }

    /// <summary>All that a foreign reader prints.</summary>
    internal static string Table(int count, int most)
    {
        StringBuilder table = new("Time\tMessage\tHost\tSamples\tLevel\tThread\n");
        for (int i = 0; i < count; i++)
        {
            Lengths lengths = LengthsOf(i, most);
            string text = Encoding.ASCII.GetString(LogEvent.TextOf(i, lengths.Message));
            string samples = string.Join(',', LogEvent.SamplesOf(i, lengths.Samples)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{{{one.Value},{one.Number},{(one.IsLast ? "true" : "false")}}}")));
            table.Append(CultureInfo.InvariantCulture, $"{i}\t{text}\thost-{i:x}\t[{samples}]\t{(Level)(i % 3)}\t{i}\n");
        }

        return table.ToString();
    }
}
