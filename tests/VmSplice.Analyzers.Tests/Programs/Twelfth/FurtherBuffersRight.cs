namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class FurtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RefParameterRenewed"] = """
            namespace Batching.Accumulate;

            public static class Accumulator
            {
                public static void Add(SpliceWriter pipe, ref PageBuffer<long> batch, ref int count, long value)
                {
                    batch[count] = value;
                    count++;
                    if (count == batch.Length)
                    {
                        int length = batch.Length;
                        pipe.Send(batch);
                        batch = pipe.Rent<long>(length);
                        count = 0;
                    }
                }

                public static void Finish(SpliceWriter pipe, ref PageBuffer<long> batch, ref int count)
                {
                    if (count > 0)
                    {
                        pipe.Send(batch, count);
                    }
                    else
                    {
                        batch.Dispose();
                    }

                    batch = default;
                    count = 0;
                }

                public static int SendAll(SpliceWriter pipe, IEnumerable<long> values)
                {
                    int count = 0, all = 0;
                    PageBuffer<long> batch = pipe.Rent<long>(512);
                    foreach (long value in values)
                    {
                        Add(pipe, ref batch, ref count, value);
                        all++;
                    }

                    Finish(pipe, ref batch, ref count);
                    return all;
                }
            }
            """,
        ["BorrowingValidator"] = """
            namespace Codec.Validation;

            public sealed class FrameGate(SpliceWriter next, Action<string> reject)
            {
                public int Rejected { get; private set; }

                private static bool IsValid([Borrows] PageBuffer<byte> frame)
                {
                    if (frame.Length < 8)
                    {
                        return false;
                    }

                    byte sum = 0;
                    foreach (byte value in frame.Span[1..])
                    {
                        sum += value;
                    }

                    return sum == frame[0];
                }

                private static void Seal([Writes] PageBuffer<byte> frame)
                {
                    frame[1] ^= 0x80;
                    frame[0] += 0x80;
                }

                public bool Pass([Consumes] PageBuffer<byte> frame)
                {
                    if (!IsValid(frame))
                    {
                        reject($"a frame of {frame.Length} bytes");
                        frame.Dispose();
                        Rejected++;
                        return false;
                    }

                    Seal(frame);
                    next.Send(frame);
                    return true;
                }
            }
            """,
        ["SkippedIsDisposed"] = """
            namespace Files.Shipping;

            public sealed class DirectoryShipper(SpliceWriter pipe)
            {
                private const int Most = 1 << 20;

                public int Skipped { get; private set; }

                public int Ship(string folder)
                {
                    int shipped = 0;
                    foreach (string path in Directory.EnumerateFiles(folder, "*.seg"))
                    {
                        using FileStream file = File.OpenRead(path);
                        int length = (int)Math.Min(file.Length, Most);
                        PageBuffer<byte> content = pipe.Rent<byte>(length);
                        file.ReadExactly(content.Span);
                        bool isEmpty = content.Span.IndexOfAnyExcept((byte)0) < 0;
                        if (isEmpty)
                        {
                            content.Dispose();
                            Skipped++;
                            continue;
                        }

                        pipe.Send(content);
                        if (++shipped == 1_000)
                        {
                            break;
                        }
                    }

                    return shipped;
                }
            }
            """,
        ["GiftOfWholePages"] = """
            namespace Archive.Gifts;

            public sealed class ArchiveGifter(SpliceWriter archive)
            {
                public long Padding { get; private set; }

                public void Add(ReadOnlySpan<byte> document)
                {
                    if (document.Length < Environment.SystemPageSize)
                    {
                        using PageBuffer<byte> small = archive.Rent<byte>(document.Length);
                        document.CopyTo(small.Span);
                        archive.Send(small);
                        return;
                    }

                    int pages = (document.Length + Environment.SystemPageSize - 1) / Environment.SystemPageSize;
                    using PageBuffer<byte> whole = archive.Rent<byte>(pages * Environment.SystemPageSize);
                    document.CopyTo(whole.Span);
                    whole.Span[document.Length..].Clear();
                    archive.Gift(whole);
                    Padding += whole.Length - document.Length;
                }
            }
            """,
        ["SpoolFifo"] = """
            using Microsoft.Win32.SafeHandles;

            namespace Spool.Pipes;

            // The path names a FIFO, which the administrator made.
            public sealed class SpoolPipe(string path) : IDisposable
            {
                private SpliceWriter? _writer;

                public SpliceWriter Writer => _writer ?? throw new InvalidOperationException("The spool is not open.");

                public bool TryOpen()
                {
                    if (_writer is not null)
                    {
                        return true;
                    }

                    if (!File.Exists(path))
                    {
                        return false;
                    }

                    SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    try
                    {
                        _writer = SpliceWriter.Open(handle);
                        return true;
                    }
                    catch (ArgumentException)
                    {
                        handle.Dispose();
                        return false;
                    }
                }

                public void Dispose() => _writer?.Dispose();
            }
            """,
    };
}
