using CsCheck;
using VmSplice.Buffers;

namespace VmSplice.Tests.Buffers;

/// <summary>Where segments lie, for the page sizes of other machines too.</summary>
public class SegmentPlacesTests
{
    [Theory]
    [InlineData(4_096)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    public void AnySegments_StartOnPagesOfTheirOwn(int pageSize)
        => Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100_000], Gen.Bool,
            (size, length, varies) => new BufferSegment("Part", "byte", size, length, varies)).Array[1, 40].Sample(segments =>
        {
            var layout = new BufferLayout("Any", 1, segments);
            var places = new SegmentPlaces(layout, pageSize);
            long end = places.HeaderLength;
            for (int i = 0; i < segments.Length; i++)
            {
                long start = (long)places.OffsetOf(i);
                Assert.Equal(0, start % pageSize);
                Assert.InRange(start - end, 0, pageSize - 1);
                end = start + segments[i].Size;
            }

            Assert.InRange((long)places.Length - end, 0, pageSize - 1);
        });

    [Theory]
    [InlineData(0, 64)]
    [InlineData(7, 64)]
    [InlineData(8, 128)]
    [InlineData(16, 128)]
    [InlineData(17, 192)]
    [InlineData(1_024, 4_160)]
    public void HeaderLength_GrowsWithTheLengthsThatVary(int variable, int expected)
    {
        BufferSegment[] segments = [.. Enumerable.Range(0, Math.Max(1, variable)).Select(_ => new BufferSegment("Part", "byte", 1, 5, variable > 0))];
        Assert.Equal(expected, new BufferLayout("Any", 1, segments).Places.HeaderLength);
    }

    [Fact]
    public void NoSegmentOrTooMany_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new BufferLayout("Any", 1));
        Assert.Throws<ArgumentException>(() => new BufferLayout("Any", 1, [.. Enumerable.Repeat(new BufferSegment("Part", "byte", 1, 1), 1_025)]));
        Assert.Throws<ArgumentException>(() => new BufferLayout("Any", 1, new BufferSegment("Part", "byte", 1, 0)));
    }

    [Fact]
    public void LayoutOfAGeneratedBuffer_NamesItsSegments()
    {
        string text = LayoutOf<Picture>().ToString();
        Assert.Contains("VmSplice.TestChild.Picture: 4 segments, at most 988160 bytes", text, StringComparison.Ordinal);
        Assert.Contains("Rgba[230400] Pixels", text, StringComparison.Ordinal);
        Assert.Contains("byte[0..65536] Caption", text, StringComparison.Ordinal);
    }

    private static BufferLayout LayoutOf<T>()
        where T : class, ISpliceableBuffer<T>
        => T.Layout;
}
