namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers in loops, and right.</summary>
internal sealed class LoopsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CloneOfContentReturnedAfterSend"] = """
            public static class Cloner
            {
                public static long[] SendAndKeep(SpliceWriter pipe, Func<int, long> make, int count)
                {
                    using PageBuffer<long> buffer = pipe.Rent<long>(count);
                    Span<long> numbers = buffer.Span;
                    for (int i = 0; i < numbers.Length; i++)
                    {
                        numbers[i] = make(i);
                    }

                    long[] kept = numbers.ToArray();
                    numbers = kept;
                    pipe.Send(buffer);
                    numbers.Sort();
                    return kept;
                }
            }
            """,
        ["ConsumesAnnotationKeptOnEveryPath"] = """
            public sealed class Outlet(SpliceWriter pipe)
            {
                public int Skipped { get; private set; }

                public void Post([Consumes] PageBuffer<byte> page, int used)
                {
                    switch (used)
                    {
                        case 0:
                            Skipped++;
                            page.Dispose();
                            break;
                        case < 0:
                            page.Dispose();
                            throw new ArgumentOutOfRangeException(nameof(used));
                        default:
                            Trim(page, used);
                            pipe.Send(page, used);
                            break;
                    }
                }

                private static void Trim([Writes] PageBuffer<byte> page, int used) => page.Span[used..].Clear();

                public static long Sum([Borrows] PageBuffer<byte> page)
                {
                    long sum = 0;
                    foreach (byte value in page.Span)
                    {
                        sum += value;
                    }

                    return sum;
                }
            }
            """,
        ["FrontAndBackRentedAnewBeforeSwap"] = """
            public sealed class DoubleBuffered(SpliceWriter pipe)
            {
                public void Stream(Func<Memory<short>, int> fill)
                {
                    PageBuffer<short> front = pipe.Rent<short>(16384);
                    PageBuffer<short> back = pipe.Rent<short>(16384);
                    while (true)
                    {
                        int samples = fill(back.Memory);
                        if (samples == 0)
                        {
                            break;
                        }

                        pipe.Send(back, samples);
                        back = pipe.Rent<short>(16384);
                        (front, back) = (back, front);
                    }

                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
        ["IteratorReadsIntoBufferItKeeps"] = """
            public static class ByteSource
            {
                public static IEnumerable<byte> Bytes(SpliceReader pipe)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(32 * 1024);
                    int got;
                    while ((got = pipe.Read(buffer)) > 0)
                    {
                        for (int i = 0; i < got; i++)
                        {
                            yield return buffer[i];
                        }

                        buffer[0] = 0;
                    }
                }
            }
            """,
        ["RetryRentsAndFillsAgain"] = """
            using System.Buffers.Binary;

            public sealed class Uploader(Func<SpliceWriter> connect)
            {
                public bool TryUpload(byte[] content)
                {
                    for (int attempt = 0; attempt < 3; attempt++)
                    {
                        using SpliceWriter pipe = connect();
                        using PageBuffer<byte> buffer = pipe.Rent<byte>(content.Length + 4);
                        try
                        {
                            BinaryPrimitives.WriteInt32LittleEndian(buffer.Span, attempt);
                            content.CopyTo(buffer.Span[4..]);
                            pipe.Send(buffer);
                            return true;
                        }
                        catch (BrokenPipeException) when (attempt < 2)
                        {
                            Thread.Sleep(100 << attempt);
                        }
                    }

                    return false;
                }
            }
            """,
        ["SpanVariablePointedAtNextPage"] = """
            public static class Pager
            {
                public static void Write(SpliceWriter pipe, IEnumerable<long> values)
                {
                    PageBuffer<long> page = pipe.Rent<long>(1024);
                    Span<long> free = page.Span;
                    foreach (long value in values)
                    {
                        if (free.IsEmpty)
                        {
                            pipe.Send(page);
                            page = pipe.Rent<long>(1024);
                            free = page.Span;
                        }

                        free[0] = value;
                        free = free[1..];
                    }

                    int used = page.Length - free.Length;
                    pipe.Send(page, used);
                }
            }
            """,
        ["BufferDisposedBeforeContinue"] = """
            public static class Chunks
            {
                public static int SendAll(SpliceWriter pipe, IEnumerable<byte[]> chunks)
                {
                    int sent = 0;
                    foreach (byte[] chunk in chunks)
                    {
                        PageBuffer<byte> buffer = pipe.Rent<byte>(64 * 1024);
                        if (chunk.Length > buffer.Length)
                        {
                            buffer.Dispose();
                            Console.Error.WriteLine($"too long: {chunk.Length}");
                            continue;
                        }

                        chunk.CopyTo(buffer.Span);
                        pipe.Send(buffer, chunk.Length);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["CrcComputedBeforeSendLengthAfter"] = """
            public sealed class Uploader(SpliceWriter pipe)
            {
                public event Action<int, int>? Sent;

                public void Upload(byte[] file)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(file.Length);
                    file.AsSpan().CopyTo(buffer.Span);
                    int crc = Of(buffer.Span);
                    pipe.Send(buffer);
                    if (buffer.State != PageBufferState.Owned)
                    {
                        Sent?.Invoke(buffer.Length, crc);
                    }

                    buffer.Dispose();
                }

                private static int Of(ReadOnlySpan<byte> bytes)
                {
                    int crc = 17;
                    foreach (byte b in bytes)
                    {
                        crc = crc * 31 + b;
                    }

                    return crc;
                }
            }
            """,
    };
}
