using VmSplice;

/// <summary>A buffer with a segment of each kind: one value, always as many, as many as <c>NoteLength</c> says.</summary>
[Spliceable]
internal sealed partial class Book
{
    [Segment]
    public partial ref Tick Last { get; }

    [Segment(Length = 5_000)]
    public partial Span<long> Levels { get; }

    [Segment(MaxLength = 65_536)]
    public partial Span<byte> Note { get; }

    public void Fill()
    {
        Last = new Tick { Time = 7, Venue = 3, Side = Side.Ask };
        Numbers.Fill(Levels);
        NoteLength = 5;
        "hello"u8.CopyTo(Note);
    }

    public long Checksum()
    {
        long sum = Last.Time + Last.Venue + (int)Last.Side + Numbers.Sum(Levels);
        foreach (byte letter in Note)
        {
            sum = (sum * 31) + letter;
        }

        return sum;
    }
}
