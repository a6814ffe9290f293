namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>The raw call with care, ours and a declaration of the user's.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RawFullLoop"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, FrozenPages<byte> pages)
                {
                    nuint done = 0;
                    nuint length = (nuint)pages.Length;
                    while (done < length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pages.Address + (nint)done, length - done), SpliceFlags.None);
                        if (sent <= 0)
                        {
                            throw new IOException("The pipe took nothing.");
                        }

                        done += (nuint)sent;
                    }
                }
            }
            """,
        ["RawGiftOfPages"] = """
            static class P
            {
                static void Gift(SafeHandle pipe, ReadOnlySpan<byte> content)
                {
                    int pages = (content.Length + Environment.SystemPageSize - 1) / Environment.SystemPageSize;
                    int length = pages * Environment.SystemPageSize;
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(length);
                    content.CopyTo(b.Span);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length)
                    {
                        throw new IOException("Not all of it.");
                    }
                }
            }
            """,
        ["RawChunks"] = """
            static class P
            {
                static void Send(SafeHandle pipe, IoVec[] all)
                {
                    foreach (IoVec[] chunk in all.Chunk(RawPipe.IovMax))
                    {
                        nint wanted = 0;
                        foreach (IoVec one in chunk)
                        {
                            wanted += (nint)one.Length;
                        }

                        if (RawPipe.VmSplice(pipe, chunk) != wanted)
                        {
                            throw new IOException("A short transfer.");
                        }
                    }
                }
            }
            """,
        ["PinnedHeapAtStart"] = """
            static class Banner
            {
                private static readonly byte[] s_text = Make();
                private static byte[] Make()
                {
                    byte[] text = GC.AllocateUninitializedArray<byte>(4096, pinned: true);
                    text.AsSpan().Fill((byte)'-');
                    return text;
                }

                public static unsafe void Send(SafeHandle pipe)
                {
                    fixed (byte* p = s_text)
                    {
                        if (RawPipe.VmSplice(pipe, new IoVec(p, (nuint)s_text.Length), SpliceFlags.None) != s_text.Length)
                        {
                            throw new IOException();
                        }
                    }
                }
            }
            """,
        ["OwnImport"] = """
            static unsafe partial class Native
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, IoVec* segments, nuint count, uint flags);

                public static void Send(int fd, FrozenPages<byte> pages)
                {
                    var segment = new IoVec(pages.Address, (nuint)pages.Length);
                    nint sent = vmsplice(fd, &segment, 1, 0);
                    if (sent == -1)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        throw new IOException($"vmsplice: {Marshal.GetPInvokeErrorMessage(error)}");
                    }

                    if (sent != pages.Length)
                    {
                        throw new IOException($"{sent} of {pages.Length} bytes");
                    }
                }
            }
            """,
    };
}
