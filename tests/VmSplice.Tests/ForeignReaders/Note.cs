using VmSplice.Tests.Texts;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>A small buffer with each kind of segment, of which two vary and two are checked.</summary>
[Spliceable]
internal sealed partial class Note
{
    [Segment]
    internal partial ref long Number { get; }

    [Segment(MaxLength = 5)]
    internal partial Span<Level> Kinds { get; }

    [Segment(MaxLength = 40)]
    internal partial Span<char> Text { get; }

    [Segment(Length = 2)]
    internal partial Span<bool> Flags { get; }

    internal void Fill(int number)
    {
        Number = number;
        KindsLength = number % 6;
        Kinds.Fill(Level.Error);
        TextLength = (number * 7) % 41;
        Text.Fill((char)('a' + number));
        Flags[0] = number % 2 == 0;
    }

    internal bool IsFilled(int number)
        => Number == number && KindsLength == number % 6 && !Kinds.ContainsAnyExcept(Level.Error) && TextLength == number * 7 % 41
            && !Text.ContainsAnyExcept((char)('a' + number)) && Flags[0] == (number % 2 == 0) && !Flags[1];
}
