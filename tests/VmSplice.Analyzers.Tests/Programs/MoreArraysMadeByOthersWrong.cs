namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Arrays that the base library or a method in source makes, and texts, for the raw call.</summary>
internal sealed class MoreArraysMadeByOthersWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TextOfAParameterWithAMovedPointer"] = """
            public static unsafe class GivenText
            {
                public static void Log(SafeHandle logger, string statement)
                {
                    nuint left = (nuint)statement.Length * sizeof(char);
                    fixed (char* text = statement)
                    {
                        byte* at = (byte*)text;
                        while (left > 0)
                        {
                            nint sent = RawPipe.VmSplice(logger, new IoVec(at, left), SpliceFlags.None); //~VMS2006
                            at += sent;
                            left -= (nuint)sent;
                        }
                    }
                }
            }
            """,
        ["ArrayWithAMovedPointer"] = """
            public static unsafe class MovedArray
            {
                public static void Send(SafeHandle pipe, int count)
                {
                    byte[] bytes = new byte[count];
                    nuint left = (nuint)bytes.Length;
                    fixed (byte* start = bytes)
                    {
                        byte* at = start;
                        while (left > 0)
                        {
                            nint sent = RawPipe.VmSplice(pipe, new IoVec(at, left), SpliceFlags.None); //~VMS2006
                            at += sent;
                            left -= (nuint)sent;
                        }
                    }
                }
            }
            """,
        ["SpanWithAMovedPointer"] = """
            public static unsafe class MovedSpan
            {
                public static void Send(SafeHandle pipe, int count)
                {
                    Span<byte> bytes = new byte[count];
                    nuint left = (nuint)bytes.Length;
                    fixed (byte* start = bytes)
                    {
                        for (byte* at = start; left > 0;)
                        {
                            nint sent = RawPipe.VmSplice(pipe, new IoVec(at, left), SpliceFlags.None); //~VMS2006
                            at += sent;
                            left -= (nuint)sent;
                        }
                    }
                }
            }
            """,
    };
}
