using System.Text;

namespace VmSplice.Tests.Texts;

/// <summary>A record with texts and a list, between fields of its own.</summary>
[Spliceable]
internal partial struct LogEvent
{
    public long Time;
    public SpliceText Message;
    public SpliceText Host;
    public SpliceList<Sample> Samples;
    public Level Level;
    public int Thread;

    /// <summary>Writes event number <paramref name="index"/>, with texts of such lengths.</summary>
    internal static void Write(RecordWriter<LogEvent> writer, long index, in Lengths lengths)
    {
        ref LogEvent e = ref writer.Next();
        e.Time = index;
        e.Level = (Level)(index % 3);
        e.Message = writer.AddText(TextOf(index, lengths.Message));
        e.Thread = (int)index;
        e.Samples = writer.AddList<Sample>(SamplesOf(index, lengths.Samples));
        e.Host = writer.AddText($"host-{index:x}");
    }

    /// <summary>Says what is wrong with event number <paramref name="index"/>; <see langword="null"/> for nothing.</summary>
    internal readonly string? Mistake(RecordReader<LogEvent> reader, long index, in Lengths lengths)
    {
        if (Time != index || Level != (Level)(index % 3) || Thread != (int)index)
        {
            return $"event {index} has other numbers: {Time}, {Level}, {Thread}";
        }

        if (!reader.GetText(Message).SequenceEqual(TextOf(index, lengths.Message)))
        {
            return $"event {index} has another message";
        }

        if (reader.GetString(Host) != $"host-{index:x}")
        {
            return $"event {index} has host {reader.GetString(Host)}";
        }

        return reader.GetList(Samples).SequenceEqual(SamplesOf(index, lengths.Samples)) ? null : $"event {index} has other samples";
    }

    internal static byte[] TextOf(long index, int length)
    {
        byte[] text = new byte[length];
        Encoding.UTF8.GetBytes("abcdefghijklmnopqrstuvwxyz").AsSpan(0, Math.Min(26, length)).CopyTo(text);
        for (int i = 26; i < length; i++)
        {
            text[i] = (byte)('0' + ((index + i) % 10));
        }

        return text;
    }

    internal static Sample[] SamplesOf(long index, int length)
        => [.. Enumerable.Range(0, length).Select(i => new Sample { Value = index + (i / 4.0), Number = i, IsLast = i == length - 1 })];
}
