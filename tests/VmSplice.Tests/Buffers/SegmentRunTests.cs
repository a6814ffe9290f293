using CsCheck;
using VmSplice.Interop;

namespace VmSplice.Tests.Buffers;

/// <summary>Continuing a partial transfer from the right byte.</summary>
public class SegmentRunTests
{
    [Fact]
    public void AnyAcceptances_TakeEachByteOnceAndInOrder()
        => Gen.Select(Gen.Int[0, 20].Array[0, 30], Gen.Int[1, 50].Array[1, 20]).Sample((lengths, steps) =>
        {
            var taken = new List<nint>();
            IoVec[] segments = [.. lengths.Select((length, i) => new IoVec((i + 1) * 1_000, (nuint)length))];
            nint[] expected = [.. segments.SelectMany(segment => Enumerable.Range(0, (int)segment.Length).Select(i => segment.Address + i))];
            Span<IoVec> rest = SegmentRun.Skip(segments, 0);
            for (int step = 0; !rest.IsEmpty; step++)
            {
                nint[] left = [.. rest.ToArray().SelectMany(segment => Enumerable.Range(0, (int)segment.Length).Select(i => segment.Address + i))];
                int accepted = Math.Min(left.Length, steps[step % steps.Length]);
                taken.AddRange(left.Take(accepted));
                rest = SegmentRun.Skip(rest, (nuint)accepted);
                Assert.True(rest.IsEmpty || rest[0].Length != 0, "an empty segment leads, which the kernel would accept for ever");
            }

            Assert.Equal(expected, taken);
        });

    [Theory]
    [InlineData(4_096, 0, 1, 1)]
    [InlineData(4_096, 0, 4_096, 1)]
    [InlineData(4_096, 0, 4_097, 2)]
    [InlineData(4_096, 4_095, 2, 2)]
    [InlineData(16_384, 0, 16_384, 1)]
    [InlineData(65_536, 65_535, 65_538, 3)]
    [InlineData(4_096, 0, 0, 0)]
    public void SlotsOf_CountsThePagesTouched(int pageSize, int offset, int length, int slots)
        => Assert.Equal((nuint)slots, SegmentRun.SlotsOf([new IoVec(pageSize + offset, (nuint)length)], pageSize));
}
