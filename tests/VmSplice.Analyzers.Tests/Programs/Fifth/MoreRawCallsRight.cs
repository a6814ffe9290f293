namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>The raw call, and right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RawRingPageReusedBehindAcknowledgement"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            // The consumer copies each block and answers one byte when it has.
            public sealed unsafe class AcknowledgedSource(int pipe, Stream acknowledgements)
            {
                private const int Bytes = 64 * 1024;
                private readonly byte* _page = (byte*)NativeMemory.AlignedAlloc(Bytes, Bytes);

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public void Run(int blocks)
                {
                    for (int i = 0; i < blocks; i++)
                    {
                        new Span<byte>(_page, Bytes).Fill((byte)i);
                        iovec segment = new() { iov_base = _page, iov_len = Bytes };
                        if (vmsplice(pipe, &segment, 1, 0) != Bytes)
                            throw new IOException("the block did not go out whole");

                        if (acknowledgements.ReadByte() < 0)
                            throw new EndOfStreamException();
                    }
                }
            }
            """,
        ["RawTeeOfAnUndeclaredPipe"] = """
            public sealed class MirroredPipe : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SplicePipe _control = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceWriter _commands;

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);

                public MirroredPipe()
                {
                    _writer = _pipe.OpenWriter();
                    _commands = _control.OpenWriter(new() { Reader = PipeReaderKind.Copying });
                }

                public void Send(ReadOnlySpan<int> values)
                {
                    PageBuffer<int> page = _writer.Rent<int>(values.Length);
                    values.CopyTo(page.Span);
                    _writer.Send(page);
                    _commands.Write(values[..1]);
                }

                public nint Mirror(int monitor, nuint most)
                {
                    nint copied = tee((int)_pipe.ReadHandle.DangerousGetHandle(), monitor, most, 0);
                    if (copied < 0)
                        throw new IOException("tee", Marshal.GetLastPInvokeError());
                    return copied;
                }

                public void Dispose()
                {
                    _commands.Dispose();
                    _writer.Dispose();
                    _control.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["ScanLinesInBoundedCalls"] = """
            public sealed class ScanLineSender(SafeHandle pipe)
            {
                private const int RowBytes = 1920 * 4;
                private const int Height = 1080;

                public int Calls { get; private set; }

                public void Send(nint image, int stride)
                {
                    IoVec[] rows = new IoVec[Height];
                    for (int y = 0; y < rows.Length; y++)
                        rows[y] = new IoVec(image + y * stride, RowBytes);

                    int row = 0;
                    while (row < rows.Length)
                    {
                        int count = Math.Min(rows.Length - row, RawPipe.IovMax);
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rows.AsSpan(row, count));
                        Calls++;
                        while (row < rows.Length && sent >= rows[row].Length)
                            sent -= rows[row++].Length;

                        if (sent > 0)
                            rows[row] = new IoVec(rows[row].Address + (nint)sent, rows[row].Length - sent);
                    }
                }
            }
            """,
        ["StaticBannerPinnedForGood"] = """
            public static class Banner
            {
                private static readonly byte[] s_text = Make();

                private static byte[] Make()
                {
                    byte[] text = GC.AllocateArray<byte>(4096, pinned: true);
                    text.AsSpan().Fill((byte)'*');
                    return text;
                }

                public static void Print(SafeHandle pipe, int times)
                {
                    IoVec whole = new(Marshal.UnsafeAddrOfPinnedArrayElement(s_text, 0), (nuint)s_text.Length);
                    for (int i = 0; i < times; i++)
                    {
                        if (RawPipe.VmSplice(pipe, whole, SpliceFlags.None) != s_text.Length)
                            throw new IOException("banner cut");
                    }
                }
            }
            """,
        ["UsefulFlagsOnly"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            [Flags]
            public enum PipeFlags : uint { None = 0, NonBlock = 2, Gift = 8 }

            public static unsafe class PipeNative
            {
                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint Splice(int fd, iovec* segments, nuint count, PipeFlags flags);

                // What was not taken.
                public static nuint Offer(int pipe, byte* data, nuint length, bool wait)
                {
                    while (length > 0)
                    {
                        iovec segment = new() { iov_base = data, iov_len = length };
                        nint taken = Splice(pipe, &segment, 1, wait ? PipeFlags.None : PipeFlags.NonBlock);
                        if (taken < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            return error == 11 ? length : throw new IOException("vmsplice", error);
                        }

                        data += taken;
                        length -= (nuint)taken;
                    }

                    return 0;
                }
            }
            """,
    };
}
