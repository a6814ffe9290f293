namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Buffers that helpers, patterns and switches fill and send, and content for many readers.</summary>
internal sealed class HelpersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LocalFunctionFills"] = """
            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<int> values)
                {
                    using PageBuffer<int> b = w.Rent<int>(values.Length + 1);
                    int at = 0;
                    Put(b.Span, values.Length);
                    foreach (int value in values)
                    {
                        Put(b.Span, value);
                    }

                    w.Send(b);

                    void Put(Span<int> target, int value) => target[at++] = value;
                }
            }
            """,
        ["TryPattern"] = """
            static class P
            {
                static bool TryFill(SpliceWriter w, Stream source, out PageBuffer<byte> filled)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    if (source.ReadAtLeast(b.Span, 16, throwOnEndOfStream: false) < 16)
                    {
                        b.Dispose();
                        filled = default;
                        return false;
                    }

                    filled = b;
                    return true;
                }

                static int M(SpliceWriter w, Stream source)
                {
                    int sent = 0;
                    while (TryFill(w, source, out PageBuffer<byte> b))
                    {
                        w.Send(b);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["FrozenBroadcast"] = """
            static class P
            {
                static async Task M(IReadOnlyList<SpliceWriter> subscribers, ReadOnlyMemory<byte> news, CancellationToken end)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(news.Length);
                    news.Span.CopyTo(b.Span);
                    using FrozenPages<byte> page = b.Freeze();
                    await Task.WhenAll(subscribers.Select(one => one.SendAsync(page, end).AsTask()));
                    Console.WriteLine($"{page.Length} bytes, first {page.Span[0]}");
                }
            }
            """,
        ["BroadcastOfCopies"] = """
            static class P
            {
                static void M(IEnumerable<SpliceWriter> subscribers, ReadOnlySpan<int> news)
                {
                    foreach (SpliceWriter one in subscribers)
                    {
                        PageBuffer<int> copy = one.Rent<int>(news.Length);
                        news.CopyTo(copy.Span);
                        one.Send(copy);
                    }
                }
            }
            """,
        ["RetryWithNewBuffer"] = """
            static class P
            {
                static async Task M(Func<CancellationToken, Task<SpliceWriter>> connect, ReadOnlyMemory<byte> data, CancellationToken end)
                {
                    for (int attempt = 1; ; attempt++)
                    {
                        using SpliceWriter w = await connect(end);
                        using PageBuffer<byte> b = w.Rent<byte>(data.Length);
                        data.CopyTo(b.Memory);
                        try
                        {
                            await w.SendAsync(b, end);
                            return;
                        }
                        catch (IOException) when (attempt < 3)
                        {
                            await Task.Delay(TimeSpan.FromSeconds(attempt), end);
                        }
                    }
                }
            }
            """,
        ["PooledArrayCopied"] = """
            static class P
            {
                static async Task M(SpliceWriter w, Stream source, CancellationToken end)
                {
                    byte[] rented = ArrayPool<byte>.Shared.Rent(4096);
                    try
                    {
                        int read;
                        while ((read = await source.ReadAsync(rented, end)) > 0)
                        {
                            await w.WriteAsync(rented.AsMemory(0, read), end);
                        }
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(rented);
                    }
                }
            }
            """,
        ["SwitchOnMessage"] = """
            abstract record Command;
            sealed record Text(string Value) : Command;
            sealed record Numbers(int[] Values) : Command;
            sealed record Quit : Command;

            static class P
            {
                static bool Execute(SpliceWriter w, Command command)
                {
                    switch (command)
                    {
                        case Text { Value: { Length: > 0 } value }:
                            PageBuffer<byte> text = w.Rent<byte>(System.Text.Encoding.UTF8.GetMaxByteCount(value.Length));
                            w.Send(text, System.Text.Encoding.UTF8.GetBytes(value, text.Span));
                            return true;
                        case Numbers { Values: [var first, .., var last] values } when first <= last:
                            using (PageBuffer<int> numbers = w.Rent<int>(values.Length))
                            {
                                values.CopyTo(numbers.Span);
                                w.Send(numbers);
                            }

                            return true;
                        case Quit:
                            return false;
                        default:
                            throw new ArgumentException($"{command} is none.", nameof(command));
                    }
                }
            }
            """,
        ["SwitchExpressionOfBuffers"] = """
            static class P
            {
                static PageBuffer<byte> Encode(SpliceWriter w, object value) => value switch
                {
                    string s => Of(w, System.Text.Encoding.UTF8.GetBytes(s)),
                    byte[] bytes => Of(w, bytes),
                    int n => Of(w, BitConverter.GetBytes(n)),
                    _ => throw new NotSupportedException(),
                };

                static PageBuffer<byte> Of(SpliceWriter w, ReadOnlySpan<byte> bytes)
                {
                    PageBuffer<byte> b = w.Rent<byte>(bytes.Length);
                    bytes.CopyTo(b.Span);
                    return b;
                }

                static void M(SpliceWriter w, params object[] values)
                {
                    foreach (object value in values)
                    {
                        w.Send(Encode(w, value));
                    }
                }
            }
            """,
        ["SpanHelpers"] = """
            static class P
            {
                static Span<byte> Put(this Span<byte> rest, int value)
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(rest, value);
                    return rest[4..];
                }

                static Span<byte> Put(this Span<byte> rest, ReadOnlySpan<byte> value)
                {
                    rest = rest.Put(value.Length);
                    value.CopyTo(rest);
                    return rest[value.Length..];
                }

                static void M(SpliceWriter w, int id, ReadOnlySpan<byte> name)
                {
                    using PageBuffer<byte> b = w.Rent<byte>(4096);
                    int left = b.Span.Put(id).Put(name).Length;
                    w.Send(b, b.Length - left);
                }
            }
            """,
        ["MemoryMarshalWrite"] = """
            static class P
            {
                static void M(SpliceWriter w, in Tick tick, Guid id)
                {
                    PageBuffer<byte> b = w.Rent<byte>(32);
                    MemoryMarshal.Write(b.Span, in tick);
                    id.TryWriteBytes(b.Span[16..]);
                    w.Send(b);
                }
            }
            """,
    };
}
