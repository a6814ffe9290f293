using VmSplice;

namespace MemorySafety;

internal enum Side : byte
{
    Bid,
    Ask,
}

/// <summary>Everything that generated code checks or counts.</summary>
[Spliceable]
internal partial struct Tick
{
    public long Time;
    public int Price;
    public Side Side;
    public bool Open;
    public Half Size;
    public Depths Depths;
}

[System.Runtime.CompilerServices.InlineArray(4)]
[Spliceable]
internal partial struct Depths
{
    private int _first;
}

[Spliceable]
internal sealed partial class Frame
{
    [Segment]
    public partial ref Tick Header { get; }

    [Segment(MaxLength = 4096)]
    public partial Span<byte> Body { get; }
}
