namespace VmSplice.Analyzers.Tests.Lifetime;

internal static partial class CorrectUsages
{
    /// <summary>Within one method, whatever its control flow.</summary>
    private static readonly (string Name, string Source)[] s_buffers =
    [
        ("rent, fill, send", "class P { static void Main1(SpliceWriter w) { using var b = w.Rent<byte>(4096); b.Span.Fill(7); w.Send(b); } }"),
        ("pair with a thread", """
            class P
            {
                static long Run()
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                    var reading = Task.Run(() =>
                    {
                        using SpliceReader reader = pipe.OpenReader();
                        byte[] bytes = new byte[4096];
                        reader.ReadExactly(bytes);
                        return (long)bytes[0];
                    });
                    PageBuffer<byte> buffer = writer.Rent<byte>(4096);
                    buffer.Span[0] = 1;
                    writer.Send(buffer);
                    return reading.Result;
                }
            }
            """),
        ("current buffer in a local", """
            class P
            {
                static void Run(SpliceWriter w, IEnumerable<int> items)
                {
                    PageBuffer<int> current = w.Rent<int>(1024);
                    int used = 0;
                    foreach (int item in items)
                    {
                        if (used == current.Length)
                        {
                            w.Send(current);
                            current = w.Rent<int>(1024);
                            used = 0;
                        }

                        current[used++] = item;
                    }

                    w.Send(current, used);
                }
            }
            """),
        ("two buffers in turn", """
            class P
            {
                static void Run(SpliceWriter w, Stream source)
                {
                    while (true)
                    {
                        PageBuffer<byte> buffer = w.Rent<byte>(65536);
                        int read = source.Read(buffer.Span);
                        if (read == 0)
                        {
                            buffer.Dispose();
                            break;
                        }

                        w.Send(buffer, read);
                    }
                }
            }
            """),
        ("async producer", """
            class P
            {
                static async Task Run(SpliceWriter w, Stream source, CancellationToken token)
                {
                    while (!token.IsCancellationRequested)
                    {
                        using PageBuffer<byte> buffer = w.Rent<byte>(65536);
                        int read = await source.ReadAsync(buffer.Memory, token);
                        if (read == 0)
                        {
                            return;
                        }

                        w.Send(buffer, read);
                    }
                }
            }
            """),
        ("broadcast of frozen pages", """
            class P
            {
                static void Run(IEnumerable<SpliceWriter> subscribers, byte[] content)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    content.CopyTo(buffer.Span);
                    using FrozenPages<byte> frozen = buffer.Freeze();
                    foreach (SpliceWriter subscriber in subscribers)
                    {
                        subscriber.Send(frozen);
                    }

                    Console.WriteLine(frozen.Span[0]);
                }
            }
            """),
        ("fallback to copying", """
            class P
            {
                static void Run(SpliceWriter w, ReadOnlySpan<byte> bytes)
                {
                    if (bytes.Length < 16384)
                    {
                        w.Write(bytes);
                        return;
                    }

                    using var buffer = w.Rent<byte>(bytes.Length);
                    bytes.CopyTo(buffer.Span);
                    w.Send(buffer);
                }
            }
            """),
        ("retry with the same content", """
            class P
            {
                static bool TrySend(SpliceWriter first, SpliceWriter second, byte[] content)
                {
                    try
                    {
                        using var buffer = first.Rent<byte>(content.Length);
                        content.CopyTo(buffer.Span);
                        first.Send(buffer);
                        return true;
                    }
                    catch (IOException)
                    {
                        using var buffer = second.Rent<byte>(content.Length);
                        content.CopyTo(buffer.Span);
                        second.Send(buffer);
                        return false;
                    }
                }
            }
            """),
        ("flag beside the hand-over", """
            class P
            {
                static void Run(SpliceWriter w, int count)
                {
                    PageBuffer<int> buffer = w.Rent<int>(16);
                    bool sent = false;
                    try
                    {
                        buffer[0] = count;
                        if (count > 3)
                        {
                            w.Send(buffer);
                            sent = true;
                        }
                    }
                    finally
                    {
                        if (!sent)
                        {
                            buffer.Dispose();
                        }
                    }
                }
            }
            """),
        ("state asked", """
            class P
            {
                static void Finish(SpliceWriter w, PageBuffer<int> buffer, bool now)
                {
                    if (now)
                    {
                        w.Send(buffer);
                    }

                    if (buffer.State == PageBufferState.Owned)
                    {
                        buffer[0] = 1;
                        w.Send(buffer);
                    }
                }
            }
            """),
        ("switch expression", """
            class P
            {
                static void Run(SpliceWriter w, int kind)
                {
                    using PageBuffer<int> b = kind switch { 0 => w.Rent<int>(1), 1 => w.Rent<int>(2), _ => throw new ArgumentException("kind") };
                    b[0] = kind;
                    w.Send(b);
                }
            }
            """),
        ("conditional buffer",
            """
            class P
            {
                static void Run(SpliceWriter w, bool big)
                {
                    var b = big ? w.Rent<int>(4096) : w.Rent<int>(16);
                    b.Span.Clear();
                    w.Send(b);
                }
            }
            """),
        ("goto retry", """
            class P
            {
                static void Run(SpliceWriter w, Random random)
                {
                Again:
                    using (var b = w.Rent<int>(16))
                    {
                        b[0] = random.Next();
                        if (b[0] % 2 == 0)
                        {
                            goto Again;
                        }

                        w.Send(b);
                    }
                }
            }
            """),
    ];
}
