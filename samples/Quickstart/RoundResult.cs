using VmSplice;

namespace Quickstart;

/// <summary>What the child says of a round: a record like any other, sent back through a pipe of its own.</summary>
[Spliceable]
internal readonly partial struct RoundResult
{
    public readonly long Records;
    public readonly ulong Checksum;

    public RoundResult(long records, ulong checksum)
    {
        Records = records;
        Checksum = checksum;
    }
}
