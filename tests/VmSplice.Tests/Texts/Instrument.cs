using System.Runtime.CompilerServices;

namespace VmSplice.Tests.Texts;

/// <summary>A record with texts of a fixed length.</summary>
[Spliceable]
internal unsafe partial struct Instrument
{
    public long Id;

    [FixedText]
    public Letters8 Symbol;

    [FixedText(Truncates = true)]
    public Letters8 Name { get; set; }

    [FixedText]
    public Characters4 Venue;

    [FixedText(Truncates = true)]
    public fixed char Note[4];
}

[InlineArray(8)]
internal struct Letters8
{
    private byte _first;
}

[InlineArray(4)]
internal struct Characters4
{
    private char _first;
}
