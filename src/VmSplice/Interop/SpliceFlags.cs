using System.Diagnostics.CodeAnalysis;
using VmSplice.Interop;

namespace VmSplice;

/// <summary>The flags of vmsplice(2) for <see cref="RawPipe"/>.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "the man page calls them flags")]
public enum SpliceFlags : uint
{
    /// <summary>No flag: wait while the pipe is full.</summary>
    None = 0,

    /// <summary>SPLICE_F_MOVE: without effect in vmsplice (man page: "Unused for vmsplice()").</summary>
    Move = Fcntl.SPLICE_F_MOVE,

    /// <summary>SPLICE_F_NONBLOCK: take what fits now, for this call alone; the descriptor's O_NONBLOCK stays as it is.</summary>
    NonBlocking = Fcntl.SPLICE_F_NONBLOCK,

    /// <summary>SPLICE_F_MORE: without effect in vmsplice (man page: "Currently has no effect for vmsplice()").</summary>
    More = Fcntl.SPLICE_F_MORE,

    /// <summary>
    /// SPLICE_F_GIFT: the pages are given away for good. Segments must start at a page and be whole pages; Linux 6.18 no
    /// longer checks that, so <see cref="RawPipe"/> does.
    /// </summary>
    Gift = Fcntl.SPLICE_F_GIFT,
}
