internal static class Numbers
{
    public const int Count = 100_000;

    public const int AwaitedCount = 500_000;

    public static long Fill(Span<long> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        return Sum(numbers);
    }

    public static long Sum(ReadOnlySpan<long> numbers)
    {
        long sum = 0;
        foreach (long number in numbers)
        {
            sum += number;
        }

        return sum;
    }
}
