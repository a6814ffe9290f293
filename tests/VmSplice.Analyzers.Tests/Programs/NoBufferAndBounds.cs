namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Variables without a buffer, bounds on the number of segments, and lists of gifts.</summary>
internal sealed class NoBufferAndBounds : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LengthThatIsNotZero"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = default;
                    if (n > 0)
                        b = w.Rent<int>(n);
                    if (b.Length != 0)
                        w.Send(b);
                }
            }
            """,
        ["LengthAboveZero"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = default;
                    if (n > 0)
                        b = w.Rent<int>(n);
                    if (b.Length > 0)
                        w.Send(b);
                }
            }
            """,
        ["NullableThatHasAValue"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int>? b = null;
                    if (n > 0)
                        b = w.Rent<int>(n);
                    if (b.HasValue)
                        w.Send(b.Value);
                }
            }
            """,
        ["ConditionalThatIsNotDefault"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = n > 0 ? w.Rent<int>(n) : default;
                    if (!b.Equals(default))
                        w.Send(b);
                }
            }
            """,
        ["DisposedWhereThereIsOne"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = default;
                    try
                    {
                        if (n > 0)
                            b = w.Rent<int>(n);
                    }
                    finally
                    {
                        if (b.Length > 0)
                            b.Dispose();
                    }
                }
            }
            """,
        ["CountByAPatternInAConditional"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, IoVec[] parts)
                {
                    long n = parts.Length is <= 1024 ? RawPipe.VmSplice(pipe, parts) : 0;
                    if (n < 0)
                        throw new IOException();
                    Console.WriteLine(n + 1);
                }
            }
            """,
        ["CountByAPatternOfTwo"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, IoVec[] parts)
                {
                    if (parts.Length is> 0 and <= 1024)
                    {
                        nint n = RawPipe.VmSplice(pipe, parts);
                        if (n < 0)
                            throw new IOException();
                        Console.WriteLine(n + 1);
                    }
                }
            }
            """,
        ["CountByASwitch"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, IoVec[] parts)
                {
                    switch (parts.Length)
                    {
                        case> 1024:
                            throw new ArgumentException();
                        default:
                            nint n = RawPipe.VmSplice(pipe, parts);
                            if (n < 0)
                                throw new IOException();
                            Console.WriteLine(n + 1);
                            break;
                    }
                }
            }
            """,
        ["CountByAGuardMethod"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, IoVec[] parts)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Length, 1024);
                    nint n = RawPipe.VmSplice(pipe, parts);
                    if (n < 0)
                        throw new IOException();
                    Console.WriteLine(n + 1);
                }
            }
            """,
        ["CountByAMinimum"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, ReadOnlySpan<IoVec> parts)
                {
                    nint n = RawPipe.VmSplice(pipe, parts[..Math.Min(parts.Length, 1024)]);
                    if (n < 0)
                        throw new IOException();
                    Console.WriteLine(n + 1);
                }
            }
            """,
        ["ListOfGiftsInAnArray"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe, int n)
                {
                    PageBuffer<byte>[] pages = new PageBuffer<byte>[n];
                    IoVec[] list = new IoVec[Math.Min(n, 1024)];
                    for (int i = 0; i < list.Length; i++)
                    {
                        PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                        b.Span.Fill(1);
                        list[i] = new IoVec(b.Address, 4096);
                    }
                    nint sent = RawPipe.VmSplice(pipe, list, SpliceFlags.Gift);
                    if (sent != 4096 * list.Length)
                        throw new IOException();
                }
            }
            """,
        ["ListOfGiftsOnTheStack"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    Span<IoVec> list = stackalloc IoVec[4];
                    for (int i = 0; i < 4; i++)
                    {
                        PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                        b.Span.Fill(1);
                        list[i] = new IoVec(b.Address, 4096);
                    }
                    nint sent = RawPipe.VmSplice(pipe, list, SpliceFlags.Gift);
                    if (sent != 4096 * 4)
                        throw new IOException();
                }
            }
            """,
    };
}
