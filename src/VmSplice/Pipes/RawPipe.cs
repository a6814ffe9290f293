using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice;

/// <summary>
/// The system call itself, for experts: the one place of this library where the caller can be wrong. The memory stays
/// shared with the reader, and no call tells when the reader is done. Prefer <see cref="SpliceWriter"/>.
/// </summary>
public static class RawPipe
{
    /// <summary>The most segments that one call takes: IOV_MAX, 1,024 on Linux.</summary>
    public const int IovMax = Limits.IOV_MAX;

    /// <summary>
    /// vmsplice(2). On the write end it maps the segments into the pipe; on the read end it copies from the pipe into
    /// the segments. Interrupted calls (EINTR) are repeated.
    /// </summary>
    /// <param name="pipe">An end of a pipe.</param>
    /// <param name="segments">At most <see cref="IovMax"/> segments. Each takes at least one slot of the pipe, whatever its length.</param>
    /// <param name="flags">With <see cref="SpliceFlags.Gift"/> each segment must be whole pages; Linux 6.18 accepts anything, this method does not.</param>
    /// <returns>
    /// The bytes that the kernel accepted (write end) or delivered (read end), which may be fewer than given. 0 where
    /// there were none to transfer, where the pipe is full (write end) or empty (read end) and
    /// <see cref="SpliceFlags.NonBlocking"/> is set, and at the end of the stream. The descriptor's O_NONBLOCK alone does
    /// not count on Linux 6.18: the call waits. It counts on a kernel whose vmsplice copies.
    /// </returns>
    /// <exception cref="ArgumentException">More than <see cref="IovMax"/> segments, a segment at address 0, or a gift that is not whole pages.</exception>
    /// <exception cref="BrokenPipeException">Every reader is gone.</exception>
    /// <exception cref="SystemCallException">The kernel refused the call; the error number says why.</exception>
    public static nint VmSplice(SafeHandle pipe, ReadOnlySpan<IoVec> segments, SpliceFlags flags = SpliceFlags.None)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        Check(segments, flags);
        while (true)
        {
            nint accepted = Fcntl.TryVmSplice(pipe, segments, flags, out int errno);
            if (accepted >= 0)
            {
                return accepted;
            }

            switch (errno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return 0;
                case Errno.EPIPE:
                    throw BrokenPipeException.ForBytes("vmsplice", accepted: 0, unread: 0);
                default:
                    throw SystemCallException.Create("vmsplice", errno, DescriptorInfo.Describe(pipe));
            }
        }
    }

    /// <inheritdoc cref="VmSplice(SafeHandle, ReadOnlySpan{IoVec}, SpliceFlags)"/>
    /// <param name="pipe">An end of a pipe.</param>
    /// <param name="segment">The one segment.</param>
    /// <param name="flags">See the other overload.</param>
    public static nint VmSplice(SafeHandle pipe, IoVec segment, SpliceFlags flags)
        => VmSplice(pipe, new ReadOnlySpan<IoVec>(in segment), flags);

    private static void Check(ReadOnlySpan<IoVec> segments, SpliceFlags flags)
    {
        if (segments.Length > IovMax)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{segments.Length} segments; one call takes at most {IovMax} (IOV_MAX). Send them in chunks."),
                nameof(segments));
        }

        nint pageMask = Environment.SystemPageSize - 1;
        for (int i = 0; i < segments.Length; i++)
        {
            IoVec segment = segments[i];
            if (segment.Address == 0 && segment.Length != 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Segment {i} is at address 0 (NULL)."), nameof(segments));
            }

            if (segment.Length > (nuint)nint.MaxValue)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Segment {i} is {Counted.Bytes(segment.Length)} long; a length is at most {nint.MaxValue} "
                        + $"(SSIZE_MAX). Is it negative?"), nameof(segments));
            }

            if ((flags & SpliceFlags.Gift) == 0)
            {
                continue;
            }

            if ((segment.Address & pageMask) != 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Segment {i} starts {Counted.Bytes(segment.Address & pageMask)} into a page; gifts must start at a page "
                            + $"({Environment.SystemPageSize} bytes). Allocate with PageBuffer<T>.Allocate."),
                    nameof(segments));
            }

            if (((nint)segment.Length & pageMask) != 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Segment {i} is {Counted.Bytes(segment.Length)} long; gifts must be whole pages ({Environment.SystemPageSize} bytes). Pad it, or "
                            + $"send without SpliceFlags.Gift."),
                    nameof(segments));
            }
        }
    }
}
