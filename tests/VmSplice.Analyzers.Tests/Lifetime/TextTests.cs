using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2003 on texts and lists: those that a writer adds leave its slot valid, and those that a reader shows end with their batch.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("""
        ref LogEvent e = ref writer.Next();
        e.Message = writer.AddText("hello");
        e.Time = 1;
        e.Host = writer.AddText($"host {e.Time}");
        e.Values = writer.AddList<int>(1, 2, 3);
        e.Time = 2;
        """)]
    [InlineData("""
        foreach (ref readonly LogEvent e in reader.ReadBatch())
        {
            ReadOnlySpan<byte> message = reader.GetText(e.Message);
            _kept.Add(reader.GetString(e.Host));
            _sum += message.Length + reader.GetList(e.Values)[0];
        }
        """)]
    [InlineData("""
        for (ReadOnlySpan<LogEvent> batch = reader.ReadBatch(); !batch.IsEmpty; batch = reader.ReadBatch())
        {
            _sum += reader.GetText(batch[0].Message)[0];
        }
        """)]
    [InlineData("""
        byte[] kept = reader.GetText(reader.ReadBatch()[0].Message).ToArray();
        reader.ReadBatch();
        _sum += kept[0];
        """)]
    public Task WithinItsBatch_Silent(string statements) => Lifetimes.Verify("VMS2003", Program(statements));

    [Theory]
    [InlineData("""
        ref LogEvent e = ref writer.Next();
        e.Message = writer.AddText("hello");
        writer.Flush();
        [|e.Time|] = 1;
        """)]
    [InlineData("""
        ReadOnlySpan<byte> message = reader.GetText(reader.ReadBatch()[0].Message);
        reader.ReadBatch();
        _sum += [|message[0]|];
        """)]
    [InlineData("""
        ReadOnlySpan<int> values = reader.GetList(reader.ReadBatch()[0].Values);
        reader.Dispose();
        _sum += [|values[0]|];
        """)]
    public Task BehindItsBatch_Reported(string statements) => Lifetimes.Verify("VMS2003", Program(statements));

    private static string Program(string statements) => $$"""
        [Spliceable]
        public partial struct LogEvent
        {
            public long Time;
            public SpliceText Message;
            public SpliceText Host;
            public SpliceList<int> Values;
        }

        public class Subject(RecordWriter<LogEvent> writer, RecordReader<LogEvent> reader)
        {
            private readonly List<string> _kept = [];
            private long _sum;

            public long M()
            {
                {{statements}}
                return _sum + _kept.Count + writer.RecordsWritten + reader.RecordsRead;
            }
        }
        """;
}
