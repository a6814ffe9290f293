namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Raw calls that are right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LoopbackTest"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Loopback;

            /// <summary>Sends a pattern through a pipe of its own and reads it back before the next one is made.</summary>
            public sealed unsafe class LoopbackTest(SafeHandle writeEnd, SpliceReader readEnd)
            {
                private const int Length = 4096;
                private readonly byte[] _back = new byte[Length];

                public int Run(int rounds)
                {
                    byte* pattern = (byte*)NativeMemory.AlignedAlloc(Length, Length);
                    int wrong = 0;
                    for (int round = 0; round < rounds; round++)
                    {
                        for (int i = 0; i < Length; i++)
                        {
                            pattern[i] = (byte)((i * 31) + round);
                        }

                        nint sent = RawPipe.VmSplice(writeEnd, new IoVec(pattern, Length), SpliceFlags.None);
                        if (sent != Length)
                        {
                            throw new IOException($"round {round}: {sent} bytes");
                        }

                        readEnd.ReadExactly(_back.AsSpan());
                        wrong += new ReadOnlySpan<byte>(pattern, Length).SequenceEqual(_back) ? 0 : 1;
                    }

                    NativeMemory.AlignedFree(pattern);
                    return wrong;
                }
            }
            """,
        ["MappedPages"] = """
            using System.Runtime.InteropServices;

            namespace Storage.Mapped;

            /// <summary>Private anonymous pages, one mapping for each block. After munmap(2) the pipe keeps the old pages.</summary>
            public static unsafe class MappedPages
            {
                private const int ReadWrite = 3;
                private const int PrivateAnonymous = 0x22;

                public static bool Send(SafeHandle pipe, ReadOnlySpan<byte> block)
                {
                    nuint length = (nuint)block.Length;
                    byte* pages = (byte*)mmap(null, length, ReadWrite, PrivateAnonymous, -1, 0);
                    if (pages == (byte*)-1)
                    {
                        throw new OutOfMemoryException();
                    }

                    block.CopyTo(new Span<byte>(pages, block.Length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pages, length), SpliceFlags.None);
                    if (munmap(pages, length) != 0)
                    {
                        throw new IOException("munmap");
                    }

                    return sent == block.Length;
                }

                [DllImport("libc", SetLastError = true)]
                private static extern void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

                [DllImport("libc", SetLastError = true)]
                private static extern int munmap(void* address, nuint length);
            }
            """,
        ["MatchLines"] = """
            using System.Runtime.InteropServices;

            namespace Tools.Grep;

            public unsafe struct iovec
            {
                public byte* iov_base;
                public nuint iov_len;
            }

            public static unsafe class MatchLines
            {
                private const int Most = 1024;

                /// <summary>The caller cuts its matches into parts of at most 1,024.</summary>
                public static void Flush(int output, ReadOnlySpan<iovec> matches)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(matches.Length, Most);
                    nint total = 0;
                    foreach (iovec match in matches)
                    {
                        total += (nint)match.iov_len;
                    }

                    if (total == 0)
                    {
                        return;
                    }

                    fixed (iovec* first = matches)
                    {
                        nint taken = vmsplice(output, first, (nuint)matches.Length, 0);
                        if (taken != total)
                        {
                            throw new IOException($"{taken} of {total} bytes of matches");
                        }
                    }
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
        ["PinnedRing"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Adc;

            /// <summary>An array that is pinned for good. Each part of it is sent once, and the array is not used again when it is full.</summary>
            public sealed class PinnedRing
            {
                private const int Capacity = 1 << 15;
                private readonly short[] _samples = GC.AllocateArray<short>(Capacity, pinned: true);
                private int _write;
                private int _read;

                public bool Put(short sample)
                {
                    if (_write == Capacity)
                    {
                        return false;
                    }

                    _samples[_write++] = sample;
                    return true;
                }

                public int Drain(SafeHandle pipe)
                {
                    int all = 0;
                    while (_read < _write)
                    {
                        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_samples, _read);
                        nint length = (_write - _read) * sizeof(short);
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(address, (nuint)length), SpliceFlags.None);
                        if (taken % sizeof(short) != 0)
                        {
                            throw new IOException("half a sample went out");
                        }

                        _read += (int)(taken / sizeof(short));
                        all += (int)(taken / sizeof(short));
                    }

                    return all;
                }
            }
            """,
        ["PlaneOrNothing"] = """
            using System.Runtime.InteropServices;

            namespace Imaging.Planes;

            /// <summary>Memory that was not sent is freed; memory that was sent stays for good.</summary>
            public static unsafe class PlaneOrNothing
            {
                private const int Planes = 3;

                public static int Write(SafeHandle pipe, ReadOnlySpan<byte> interleaved, byte empty)
                {
                    int pixels = interleaved.Length / Planes;
                    int sentPlanes = 0;
                    for (int plane = 0; plane < Planes; plane++)
                    {
                        byte* values = (byte*)NativeMemory.Alloc((nuint)pixels);
                        bool anything = false;
                        for (int i = 0; i < pixels; i++)
                        {
                            values[i] = interleaved[(i * Planes) + plane];
                            anything |= values[i] != empty;
                        }

                        if (!anything)
                        {
                            NativeMemory.Free(values);
                            continue;
                        }

                        nuint done = 0;
                        while (done < (nuint)pixels)
                        {
                            done += (nuint)RawPipe.VmSplice(pipe, new IoVec(values + done, (nuint)pixels - done), SpliceFlags.None);
                        }

                        sentPlanes++;
                    }

                    return sentPlanes;
                }
            }
            """,
    };
}
