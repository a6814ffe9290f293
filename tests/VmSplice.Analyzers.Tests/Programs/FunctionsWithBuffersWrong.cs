namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Lambdas and local functions with a buffer of their own, inside a using or a try too.</summary>
internal sealed class FunctionsWithBuffersWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SecondDirectionWritesAfterSend"] = """
            public static class SentAndCleared
            {
                public static void Run(SpliceWriter left, SpliceWriter right, IReadOnlyList<byte[]> chunks)
                {
                    Parallel.Invoke(
                        () =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = left.Rent<byte>(chunk.Length);
                                chunk.CopyTo(page.Span);
                                left.Send(page);
                            }
                        },
                        () =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = right.Rent<byte>(chunk.Length);
                                Span<byte> view = page.Span;
                                chunk.CopyTo(view);
                                right.Send(page);
                                view.Clear(); //~VMS2001
                            }
                        });
                }
            }
            """,
        ["OneBufferForAllRounds"] = """
            public static class RentedOnce
            {
                public static void Run(SpliceWriter left, SpliceReader right, IReadOnlyList<byte[]> chunks, Stream output)
                {
                    Parallel.Invoke(
                        () =>
                        {
                            using PageBuffer<byte> page = left.Rent<byte>(65536);
                            foreach (byte[] chunk in chunks)
                            {
                                chunk.CopyTo(page.Span); //~VMS2001
                                left.Send(page, chunk.Length);
                            }
                        },
                        () =>
                        {
                            using PageBuffer<byte> page = PageBuffer<byte>.Allocate(65536);
                            while (right.Read(page) is > 0 and var count)
                            {
                                output.Write(page.Span[..count]);
                            }
                        });
                }
            }
            """,
    };
}
