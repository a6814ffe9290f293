namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Lambdas and local functions with a buffer of their own, inside a using or a try too, and right.</summary>
internal sealed class FunctionsWithBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TwoDirectionsOfALink"] = """
            public static class Directions
            {
                public static int Run(IReadOnlyList<byte[]> chunks, Stream compressed)
                {
                    using SpliceLink link = SpliceLink.Start(new System.Diagnostics.ProcessStartInfo("zstd", "-c"));
                    return link.Exchange(
                        writer =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = writer.Rent<byte>(chunk.Length);
                                chunk.CopyTo(page.Span);
                                writer.Send(page);
                            }
                        },
                        reader =>
                        {
                            using PageBuffer<byte> page = PageBuffer<byte>.Allocate(128 * 1024);
                            while (reader.Read(page) is > 0 and var count)
                            {
                                compressed.Write(page.Span[..count]);
                                page.Span[..count].Clear();
                            }
                        });
                }
            }
            """,
        ["TwoDirectionsWithOtherNames"] = """
            public static class OtherNames
            {
                public static int Run(IReadOnlyList<byte[]> chunks, Stream compressed)
                {
                    using SpliceLink link = SpliceLink.Start(new System.Diagnostics.ProcessStartInfo("zstd", "-c"));
                    return link.Exchange(
                        writer =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = writer.Rent<byte>(chunk.Length);
                                chunk.CopyTo(page.Span);
                                writer.Send(page);
                            }
                        },
                        reader =>
                        {
                            using PageBuffer<byte> room = PageBuffer<byte>.Allocate(128 * 1024);
                            while (reader.Read(room) is > 0 and var count)
                            {
                                compressed.Write(room.Span[..count]);
                                room.Span[..count].Clear();
                            }
                        });
                }
            }
            """,
        ["ReadLoopInOneLambda"] = """
            public static class OneLambda
            {
                public static void Run(SpliceReader reader, Stream compressed)
                {
                    Action work = () =>
                    {
                        using PageBuffer<byte> room = PageBuffer<byte>.Allocate(128 * 1024);
                        while (reader.Read(room) is > 0 and var count)
                        {
                            compressed.Write(room.Span[..count]);
                            room.Span[..count].Clear();
                        }
                    };
                    work();
                }
            }
            """,
        ["ReadLoopInAMethod"] = """
            public static class Method
            {
                public static void Run(SpliceReader reader, Stream compressed)
                {
                    using PageBuffer<byte> room = PageBuffer<byte>.Allocate(128 * 1024);
                    while (reader.Read(room) is > 0 and var count)
                    {
                        compressed.Write(room.Span[..count]);
                        room.Span[..count].Clear();
                    }
                }
            }
            """,
        ["InvokedInParallel"] = """
            public static class Invoked
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
                            for (int i = chunks.Count - 1; i >= 0; i--)
                            {
                                using PageBuffer<byte> page = right.Rent<byte>(chunks[i].Length);
                                chunks[i].CopyTo(page.Span);
                                right.Send(page);
                            }
                        });
                }
            }
            """,
        ["TwoTasks"] = """
            public static class Tasks
            {
                public static async Task RunAsync(SpliceWriter left, SpliceReader right, IReadOnlyList<byte[]> chunks, Stream output)
                {
                    await Task.WhenAll(
                        Task.Run(() =>
                        {
                            foreach (byte[] chunk in chunks)
                            {
                                using PageBuffer<byte> page = left.Rent<byte>(chunk.Length);
                                chunk.CopyTo(page.Span);
                                left.Send(page);
                            }
                        }),
                        Task.Run(() =>
                        {
                            using PageBuffer<byte> page = PageBuffer<byte>.Allocate(65536);
                            int count;
                            while ((count = right.Read(page)) > 0)
                            {
                                output.Write(page.Span[..count]);
                                page.Span.Clear();
                            }
                        }));
                }
            }
            """,
        ["TwoLocalFunctions"] = """
            public static class Locals
            {
                public static void Run(SpliceWriter left, SpliceReader right, IReadOnlyList<byte[]> chunks, Stream output)
                {
                    var sender = new Thread(Send);
                    sender.Start();
                    Receive();
                    sender.Join();

                    void Send()
                    {
                        foreach (byte[] chunk in chunks)
                        {
                            using PageBuffer<byte> page = left.Rent<byte>(chunk.Length);
                            chunk.CopyTo(page.Span);
                            left.Send(page);
                        }
                    }

                    void Receive()
                    {
                        using PageBuffer<byte> page = PageBuffer<byte>.Allocate(65536);
                        while (right.Read(page) is > 0 and var count)
                        {
                            output.Write(page.Span[..count]);
                            page.Span[..count].Clear();
                        }
                    }
                }
            }
            """,
        ["LambdasInVariables"] = """
            public static class Stored
            {
                public static void Run(SpliceWriter left, SpliceReader right, IReadOnlyList<byte[]> chunks, Stream output)
                {
                    using var stop = new CancellationTokenSource();
                    Action send = () =>
                    {
                        foreach (byte[] chunk in chunks)
                        {
                            using PageBuffer<byte> page = left.Rent<byte>(chunk.Length);
                            chunk.CopyTo(page.Span);
                            left.Send(page);
                        }
                    };
                    Action receive = () =>
                    {
                        using PageBuffer<byte> page = PageBuffer<byte>.Allocate(65536);
                        while (right.Read(page) is > 0 and var count)
                        {
                            output.Write(page.Span[..count]);
                            page.Span[..count].Clear();
                        }
                    };
                    Parallel.Invoke(send, receive);
                }
            }
            """,
    };
}
