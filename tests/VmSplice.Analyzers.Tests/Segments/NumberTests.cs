using CsCheck;
using VmSplice.Analyzers.Segments.Values;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>
/// The arithmetic of <see cref="Number"/> against that of the machine: whatever holds of the operands, the result must hold of the result.
/// </summary>
public sealed class NumberTests
{
    private static readonly long[] s_pages = [4096, 8192, 16384, 32768, 65536];

    private static readonly Gen<long> s_value = Gen.OneOf(Gen.Long[-70_000, 200_000], Gen.OneOf(0L, 1, -1, 8, 128, 4095, 4096, 65536, 65535, 1024));

    // A known number and a value that it may have.
    private static readonly Gen<(Number Known, long Value)> s_known = Gen.Select(s_value, s_value, Gen.Int[0, 3]).Select((value, other, kind) => kind switch
    {
        0 => (Number.Constant(value), value),
        1 => (Number.Join(Number.Constant(value), Number.Constant(other)), value),
        2 => (Number.Widen(Number.Constant(other), Number.Constant(value)), value),
        _ => (Number.Between(Math.Min(value, other), Math.Max(value, other)), value),
    });

    [Fact]
    public void Arithmetic_HoldsOfEveryValue()
        => Gen.Select(s_known, s_known, Gen.Int[0, 8]).Sample((left, right, operation) =>
        {
            (Number Known, long Value)? result = operation switch
            {
                0 => (left.Known + right.Known, left.Value + right.Value),
                1 => (left.Known - right.Known, left.Value - right.Value),
                2 => (left.Known * right.Known, left.Value * right.Value),
                3 => (left.Known & right.Known, left.Value & right.Value),
                4 => (~left.Known, ~left.Value),
                5 => (Number.Min(left.Known, right.Known), Math.Min(left.Value, right.Value)),
                6 => (Number.Max(left.Known, right.Known), Math.Max(left.Value, right.Value)),
                7 when right.Value != 0 => (left.Known / right.Known, left.Value / right.Value),
                8 when right.Value > 0 => (left.Known % right.Known, left.Value % right.Value),
                _ => null,
            };
            if (result is { } actual)
            {
                AssertHolds(actual.Known, actual.Value);
            }
        });

    [Fact]
    public void PageArithmetic_HoldsForEveryPageSize()
        => Gen.Select(s_known, Gen.OneOf(s_pages), Gen.Int[0, 7]).Sample((number, page, operation) =>
        {
            Number size = Number.PageSize;
            (Number known, long value) = operation switch
            {
                0 => (number.Known * size, number.Value * page),
                1 => (number.Known & ~(size - Number.Constant(1)), number.Value & ~(page - 1)),
                2 => (number.Known & -size, number.Value & -page),
                3 => (number.Known + size, number.Value + page),
                4 when number.Value >= 0 => (number.Known % size, number.Value % page),
                5 => (number.Known & (size - Number.Constant(1)), number.Value & (page - 1)),
                6 => (size / Number.Constant(8) * number.Known, page / 8 * number.Value),
                7 => (size / Number.Constant(8) * Number.Constant(8), page / 8 * 8),
                _ => (size, page),
            };
            AssertHolds(known, value);
            if (known.IsWholePages)
            {
                Assert.Equal(0, value % page);
            }

            if (known.IsNeverWholePages)
            {
                Assert.NotEqual(0, value % page);
            }
        });

    [Fact]
    public void PageSizeDividedAndMultipliedBack_IsWholePages()
        => Assert.True((Number.PageSize / Number.Constant(8) * Number.Constant(8)).IsWholePages);

    [Fact]
    public void RoundedUp_IsWholePages()
    {
        Number page = Number.PageSize;
        Assert.True(((Number.Unknown + page - Number.Constant(1)) & ~(page - Number.Constant(1))).IsWholePages);
        Assert.True(((Number.Unknown + page - Number.Constant(1)) / page * page).IsWholePages);
    }

    [Theory]
    [InlineData(4096, true, false)]
    [InlineData(65536, true, true)]
    [InlineData(100, false, false)]
    [InlineData(0, true, true)]
    public void Constant_IsWholePagesWhereItDivides(long value, bool smallest, bool every)
    {
        Assert.Equal(smallest, Number.Constant(value).IsWholeSmallestPages);
        Assert.Equal(every, Number.Constant(value).IsWholePages);
    }

    [Fact]
    public void Widen_SettlesSoon()
    {
        Number number = Number.Constant(0);
        int steps = 0;
        for (long next = 1; ; next = number.High + 1)
        {
            Number widened = Number.Widen(number, Number.Constant(next));
            if (widened.Equals(number) || widened.High == long.MaxValue)
            {
                break;
            }

            number = widened;
            Assert.True(++steps < 12);
        }
    }

    private static void AssertHolds(Number known, long value)
    {
        Assert.InRange(value, known.Low, known.High);
        Assert.Equal(known.Remainder, value & (known.Modulus - 1));
    }
}
