using VmSplice.Buffers;

namespace VmSplice.Tests.Buffers;

/// <summary>Of two declarations that differ, the exception names the first segment that does.</summary>
public class OtherLayoutTests
{
    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(3, 3, 1)]
    [InlineData(5, 5, 4)]
    [InlineData(7, 7, 4)]
    [InlineData(9, 8, 8)]
    [InlineData(19, 19, 18)]
    public void SegmentOfOtherLength_IsNamed(int segments, int varying, int changed)
    {
        BufferSegment[] theirs = SegmentsOf(segments, varying);
        BufferSegment[] ours = [.. theirs];
        ours[changed] = Changed(ours[changed], length: 9);
        BufferStreamException e = Refused(theirs, ours);
        Assert.Equal((StreamFault.Layout, $"Part{changed}"), (e.Fault, e.Segment));
        Assert.Contains($"The first segment that differs is Part{changed}, here {(changed < varying ? "at most " : "")}9 of int; "
            + $"the sender has {segments} segments, this side {segments}.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SegmentThatTheSenderHasNot_IsNamed()
    {
        BufferStreamException e = Refused(SegmentsOf(1, 0), SegmentsOf(2, 0));
        Assert.Equal("Part1", e.Segment);
        Assert.Contains("the sender has 1 segment, this side 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SegmentThatIsMissingHere_IsCounted()
    {
        BufferStreamException e = Refused(SegmentsOf(3, 1), SegmentsOf(1, 1));
        Assert.Null(e.Segment);
        Assert.Contains("the sender has 3 segments, this side 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SegmentThatVariesThereOnly_IsNamed() => Assert.Equal("Part1", Refused(SegmentsOf(3, 2), SegmentsOf(3, 1)).Segment);

    [Fact]
    public void OneOfMany_IsNarrowedDown()
    {
        BufferSegment[] ours = SegmentsOf(1_000, 0);
        ours[500] = Changed(ours[500], type: "uint");
        Assert.Contains("The first segment that differs is one of Part473 to Part525.", Refused(SegmentsOf(1_000, 0), ours).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherMembersOfAnElement_AreNotTakenForASegment()
        => Assert.Contains("what one of their types means differs", Refused(SegmentsOf(2, 1), SegmentsOf(2, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    public void LengthsThatVary_ArriveBesideTheSketch(int varying)
    {
        BufferLayout layout = new("Any", 1, SegmentsOf(varying + 1, varying));
        int[] lengths = [.. Enumerable.Range(0, varying).Select(i => i % 5), 4];
        byte[] header = new byte[BufferHeader.LengthFor(layout)];
        BufferHeader.Write(header, layout, lengths, recycles: true);
        int[] read = new int[varying + 1];
        read[^1] = 4;
        Assert.True(BufferHeader.Check(header.AsSpan(0, BufferHeader.Least), layout));
        BufferHeader.ReadLengths(header, layout, read);
        Assert.Equal(lengths, read);
    }

    private static BufferSegment[] SegmentsOf(int count, int varying)
        => [.. Enumerable.Range(0, count).Select(i => new BufferSegment($"Part{i}", "int", 4, 4, i < varying))];

    private static BufferStreamException Refused(BufferSegment[] theirs, BufferSegment[] ours)
    {
        BufferLayout sender = new("Theirs", 1, theirs);
        byte[] header = new byte[BufferHeader.LengthFor(sender)];
        BufferHeader.Write(header, sender, new int[theirs.Length], recycles: false);
        return Assert.Throws<BufferStreamException>(() => BufferHeader.Check(header.AsSpan(0, BufferHeader.Least), new BufferLayout("Ours", 2, ours)));
    }

    private static BufferSegment Changed(BufferSegment one, string? type = null, int? length = null)
        => new(one.Name, type ?? one.Type, one.ElementSize, length ?? one.Length, one.IsVariable);
}
