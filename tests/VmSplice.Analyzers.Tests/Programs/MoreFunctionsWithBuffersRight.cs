namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Lambdas and local functions with a buffer of their own, inside a using or a try too, and right.</summary>
internal sealed class MoreFunctionsWithBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LambdasInATuple"] = """
            public static class Paired
            {
                public static void Run(SpliceWriter left, SpliceReader right, IReadOnlyList<byte[]> chunks, Stream output)
                {
                    (Action Send, Action Receive) both = (
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
                            using PageBuffer<byte> page = PageBuffer<byte>.Allocate(65536);
                            while (right.Read(page) is > 0 and var count)
                            {
                                output.Write(page.Span[..count]);
                                page.Span[..count].Clear();
                            }
                        });
                    Parallel.Invoke(both.Send, both.Receive);
                }
            }
            """,
    };
}
