namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// What is known of an integer or address: bounds; the remainder modulo a power of two; by how much it must be multiplied to be
/// whole pages on every kernel (4 to 64 KiB a page); and whether its upper bound is the size of something only known at run time.
/// </summary>
internal readonly struct Number : IEquatable<Number>
{
    public const long SmallestPage = 4096;
    public const long LargestPage = 65536;
    private const long LargestModulus = 1L << 40;

    private Number(long low, long high, long modulus, long remainder, long pageDivisor, PageTerm term, bool measured)
    {
        Low = low;
        High = high;
        Modulus = modulus;
        Remainder = Mod(remainder, modulus);
        // A multiple of 64 KiB is whole pages anywhere; of less, after multiplication.
        PageDivisor = Math.Min(pageDivisor, Math.Max(1, LargestPage / Factor(modulus, Remainder)));
        Term = term;
        Measured = measured;
    }

    public static Number Unknown { get; } = new(long.MinValue, long.MaxValue, 1, 0, LargestPage, PageTerm.None, false);

    /// <summary>A count that the program learns at run time: the length of a parameter, the number of elements of a list.</summary>
    public static Number RunTimeCount { get; } = new(0, long.MaxValue, 1, 0, LargestPage, PageTerm.None, true);

    public static Number PageSize { get; } = new(SmallestPage, LargestPage, SmallestPage, 0, 1, PageTerm.Size, false);

    /// <summary>An address that the kernel or the library aligned to a page.</summary>
    public static Number PageAligned { get; } = new(SmallestPage, long.MaxValue, SmallestPage, 0, 1, PageTerm.None, false);

    public long Low { get; }

    public long High { get; }

    public long Modulus { get; }

    public long Remainder { get; }

    /// <summary>The number times this is a multiple of every page size; 1 where it is one already.</summary>
    public long PageDivisor { get; }

    public PageTerm Term { get; }

    public bool Measured { get; }

    /// <summary>Whether something in the source holds it below the largest value of its type.</summary>
    public bool IsBounded => High < int.MaxValue;

    public long? Exact => Low == High ? Low : null;

    public bool IsWholePages => PageDivisor == 1;

    /// <summary>Whole pages of 4 KiB at least.</summary>
    public bool IsWholeSmallestPages => Remainder % SmallestPage == 0 && Modulus >= SmallestPage || IsWholePages;

    /// <summary>On no kernel a multiple of the page size.</summary>
    public bool IsNeverWholePages => Remainder % Math.Min(Modulus, SmallestPage) != 0 || Low > 0 && High < SmallestPage;

    public static Number Constant(long value)
        => new(value, value, LargestModulus, value, value == 0 ? 1 : LargestPage, PageTerm.None, false);

    public static Number MultipleOf(long powerOfTwo) => new(0, long.MaxValue, Math.Min(powerOfTwo, LargestModulus), 0, LargestPage, PageTerm.None, false);

    public static Number Between(long low, long high) => low == high ? Constant(low) : new(low, high, 1, 0, LargestPage, PageTerm.None, false);

    public static Number operator +(Number left, Number right)
    {
        long modulus = Math.Min(left.Modulus, right.Modulus);
        PageTerm term = left.Term == PageTerm.Size && right.Exact == -1 ? PageTerm.SizeMinusOne : PageTerm.None;
        return new(Sum(left.Low, right.Low, long.MinValue), Sum(left.High, right.High, long.MaxValue), modulus, left.Remainder + right.Remainder,
            Math.Max(left.PageDivisor, right.PageDivisor), term, left.Measured || right.Measured);
    }

    public static Number operator -(Number number)
    {
        PageTerm term = number.Term == PageTerm.Size ? PageTerm.Mask : PageTerm.None;
        return new(Negated(number.High), Negated(number.Low), number.Modulus, -number.Remainder, number.PageDivisor, term, number.Measured);
    }

    public static Number operator -(Number left, Number right) => left + (-right);

    public static Number operator ~(Number number)
        => number.Term == PageTerm.SizeMinusOne
            ? new(-LargestPage, -SmallestPage, SmallestPage, 0, 1, PageTerm.Mask, false)
            : -number - Constant(1);

    public static Number operator *(Number left, Number right)
    {
        // (a·m + r)(b·n + s) leaves r·s modulo whatever divides the other three terms.
        long modulus = Math.Min(LargestModulus, Math.Min(
            Product(left.Modulus, Factor(right.Modulus, right.Remainder)), Product(right.Modulus, Factor(left.Modulus, left.Remainder))));
        long divisor = Math.Min(
            Math.Max(1, left.PageDivisor / Factor(right.Modulus, right.Remainder)),
            Math.Max(1, right.PageDivisor / Factor(left.Modulus, left.Remainder)));
        (long low, long high) = Products(left, right);
        return new(low, high, modulus, unchecked(left.Remainder * right.Remainder), divisor, PageTerm.None, left.Measured || right.Measured);
    }

    public static Number operator /(Number left, Number right)
    {
        if (right.Exact is not { } by || by <= 0)
        {
            return left.Low >= 0 && right.Low > 0 ? new(0, left.High, 1, 0, LargestPage, PageTerm.None, left.Measured) : Unknown;
        }

        long low = left.Low == long.MinValue ? long.MinValue : left.Low / by;
        long high = left.High == long.MaxValue ? long.MaxValue : left.High / by;
        bool exact = IsPowerOfTwo(by) && by <= Factor(left.Modulus, left.Remainder);
        return exact
            ? new(low, high, Math.Max(1, left.Modulus / by), left.Remainder / by, Product(left.PageDivisor, by), PageTerm.None, left.Measured)
            : new(low, high, 1, 0, LargestPage, PageTerm.None, left.Measured);
    }

    public static Number operator %(Number left, Number right)
    {
        if (right.Term == PageTerm.Size)
        {
            return left.IsWholePages
                ? Constant(0) : new(0, LargestPage - 1, Math.Min(left.Modulus, SmallestPage), left.Remainder, LargestPage, PageTerm.None, false);
        }

        if (right.Exact is not { } divisor || divisor <= 0 || left.Low < 0)
        {
            return Unknown;
        }

        long modulus = Math.Min(left.Modulus, Factor(LargestModulus, divisor));
        return left.Exact is { } value
            ? Constant(value % divisor)
            : new(0, divisor - 1, modulus, left.Remainder, LargestPage, PageTerm.None, false);
    }

    public static Number operator &(Number left, Number right)
    {
        if (left.Term != PageTerm.None || left.Exact is not null && right.Exact is null)
        {
            (left, right) = (right, left);
        }

        if (left.Exact is { } a && right.Exact is { } b)
        {
            return Constant(a & b);
        }

        long high = left.Low >= 0 ? left.High : long.MaxValue;
        switch (right.Term)
        {
            case PageTerm.Mask:
                return new(left.Low >= 0 ? 0 : long.MinValue, high, SmallestPage, 0, 1, PageTerm.None, left.Measured);
            case PageTerm.SizeMinusOne:
                return left.IsWholePages
                    ? Constant(0) : new(0, LargestPage - 1, Math.Min(left.Modulus, SmallestPage), left.Remainder, LargestPage, PageTerm.None, false);
        }

        if (right.Exact is not { } mask)
        {
            return Unknown;
        }

        long kept = Factor(LargestModulus, mask);
        long low = left.Low >= 0 || mask >= 0 ? 0 : long.MinValue;
        if (mask >= 0)
        {
            high = Math.Min(high, mask);
        }

        return left.Modulus > kept
            ? new(low, high, left.Modulus, left.Remainder & mask, LargestPage, PageTerm.None, left.Measured && mask < 0)
            : new(low, high, kept, 0, LargestPage, PageTerm.None, left.Measured && mask < 0);
    }

    public static Number operator |(Number left, Number right)
        => left.Exact is { } a && right.Exact is { } b ? Constant(a | b) : Unknown;

    public static Number Min(Number left, Number right) => Choice(
        left, right, Math.Min(left.Low, right.Low), Math.Min(left.High, right.High),
        measured: (left.Measured && right.IsBounded) || (right.Measured && left.IsBounded) || (left.Measured && right.Measured));

    public static Number Max(Number left, Number right) => Choice(
        left, right, Math.Max(left.Low, right.Low), Math.Max(left.High, right.High), left.Measured || right.Measured);

    /// <summary>Either of the two.</summary>
    public static Number Join(Number left, Number right) => left.Equals(right)
        ? left
        : Choice(left, right, Math.Min(left.Low, right.Low), Math.Max(left.High, right.High), left.Measured || right.Measured);

    /// <summary>The join, with bounds that have moved pushed on to the next of a few steps, so that the states of a loop become stable.</summary>
    public static Number Widen(Number known, Number next)
    {
        Number joined = Join(known, next);
        return joined.WithBounds(
            joined.Low < known.Low ? (joined.Low >= 0 ? 0 : long.MinValue) : joined.Low,
            joined.High > known.High ? StepAbove(joined.High) : joined.High);
    }

    public Number WithBounds(long low, long high)
        => new(low, high, Modulus, Remainder, PageDivisor, low == Low && high == High ? Term : PageTerm.None, Measured);

    /// <summary>The same as a count that the program learns at run time, where it is not bounded.</summary>
    public Number AsMeasured() => new(Low, High, Modulus, Remainder, PageDivisor, Term, true);

    /// <summary>The number where it was tested to be a multiple of <paramref name="divisor"/>.</summary>
    public Number AsMultipleOf(Number divisor) => divisor.Term == PageTerm.Size
        ? new(Low, High, Math.Max(Modulus, SmallestPage), Modulus > SmallestPage ? Remainder : 0, 1, Term, Measured)
        : divisor.Exact is { } value and > 0 && Factor(LargestModulus, value) > Modulus
            ? new(Low, High, Factor(LargestModulus, value), 0, PageDivisor, Term, Measured)
            : this;

    public bool Equals(Number other) => Low == other.Low && High == other.High && Modulus == other.Modulus && Remainder == other.Remainder
        && PageDivisor == other.PageDivisor && Term == other.Term && Measured == other.Measured;

    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    public override int GetHashCode() => unchecked((Low.GetHashCode() * 31 + High.GetHashCode()) * 31 + Remainder.GetHashCode());

    private static Number Choice(Number left, Number right, long low, long high, bool measured)
    {
        // Both leave the same remainder modulo the largest power of two that divides their difference.
        long modulus = Math.Min(Math.Min(left.Modulus, right.Modulus), Factor(LargestModulus, left.Remainder - right.Remainder));
        return new(low, high, modulus, left.Remainder, Math.Max(left.PageDivisor, right.PageDivisor),
            left.Term == right.Term ? left.Term : PageTerm.None, measured);
    }

    // The largest power of two that surely divides the number.
    private static long Factor(long modulus, long remainder)
    {
        long lowest = remainder & -remainder;
        return lowest == 0 || lowest > modulus || lowest < 0 ? modulus : lowest;
    }

    private static long Mod(long value, long modulus) => value & (modulus - 1);

    private static bool IsPowerOfTwo(long value) => (value & (value - 1)) == 0;

    private static long StepAbove(long value)
    {
        // 1,023: a list that is sent and cleared as soon as it has IOV_MAX.
        long[] steps = [16, 128, 1023, 1024, 4096, 65536, int.MaxValue];
        foreach (long step in steps)
        {
            if (value <= step)
            {
                return step;
            }
        }

        return long.MaxValue;
    }

    private static long Negated(long value) => value == long.MinValue ? long.MaxValue : value == long.MaxValue ? long.MinValue : -value;

    private static long Sum(long left, long right, long infinite)
    {
        if (left == infinite || right == infinite)
        {
            return infinite;
        }

        decimal sum = (decimal)left + right;
        return sum >= long.MaxValue ? long.MaxValue : sum <= long.MinValue ? long.MinValue : (long)sum;
    }

    private static long Product(long left, long right)
    {
        decimal product = (decimal)left * right;
        return product >= long.MaxValue ? long.MaxValue : product <= long.MinValue ? long.MinValue : (long)product;
    }

    private static (long Low, long High) Products(Number left, Number right)
    {
        if (left.Low == long.MinValue || right.Low == long.MinValue)
        {
            return (long.MinValue, long.MaxValue);
        }

        if (left.Low >= 0 && right.Low >= 0)
        {
            return (Product(left.Low, right.Low), left.High == long.MaxValue || right.High == long.MaxValue ? long.MaxValue : Product(left.High, right.High));
        }

        if (left.High == long.MaxValue || right.High == long.MaxValue)
        {
            return (long.MinValue, long.MaxValue);
        }

        long a = Product(left.Low, right.Low), b = Product(left.Low, right.High), c = Product(left.High, right.Low), d = Product(left.High, right.High);
        return (Math.Min(Math.Min(a, b), Math.Min(c, d)), Math.Max(Math.Max(a, b), Math.Max(c, d)));
    }
}
