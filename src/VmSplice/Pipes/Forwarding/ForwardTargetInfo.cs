using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>Finds out what a descriptor is, and why pages cannot be forwarded to it where they cannot.</summary>
internal static unsafe class ForwardTargetInfo
{
    private const string Copy = "Copy instead: reader.AsStream().CopyTo(…).";

    /// <summary>Looks at a target before the kernel is asked to forward.</summary>
    /// <param name="target">The descriptor.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>Why it is refused and what to do, or <see langword="null"/>.</returns>
    internal static string? WhyRefused(SafeHandle target, out ForwardTargetKind kind)
    {
        SysStat.Statx stat = Stat(target);
        kind = (stat.Mode & SysStat.S_IFMT) switch
        {
            SysStat.S_IFREG => ForwardTargetKind.File,
            SysStat.S_IFIFO => ForwardTargetKind.Pipe,
            SysStat.S_IFSOCK => ForwardTargetKind.StreamSocket,
            _ => ForwardTargetKind.Other,
        };
        return kind switch
        {
            ForwardTargetKind.File => WhyFileRefused(target),
            ForwardTargetKind.Pipe => WhyPipeRefused(target),
            ForwardTargetKind.StreamSocket => WhySocketRefused(target),
            _ => $"is a {Name(stat.Mode)}; pages can be forwarded to regular files, pipes and stream sockets. {Copy}",
        };
    }

    /// <summary>Whether both descriptors are ends of one pipe.</summary>
    internal static bool AreSame(SafeHandle one, SafeHandle other)
    {
        SysStat.Statx first = Stat(one);
        SysStat.Statx second = Stat(other);
        return first.Inode == second.Inode && first.DeviceMajor == second.DeviceMajor && first.DeviceMinor == second.DeviceMinor;
    }

    internal static bool IsNonBlocking(SafeHandle handle) => (Fcntl.fcntl(handle, Fcntl.F_GETFL, 0) & Fcntl.O_NONBLOCK) != 0;

    private static string? WhyFileRefused(SafeHandle file)
    {
        if (!DescriptorInfo.CanWrite(file))
        {
            return "is not open for writing.";
        }

        return (Fcntl.fcntl(file, Fcntl.F_GETFL, 0) & Fcntl.O_APPEND) != 0
            ? "is open for appending (O_APPEND), where splice(2) answers EINVAL. Open it without and seek to its end. Or copy: reader.AsStream().CopyTo(…)."
            : null;
    }

    private static string? WhyPipeRefused(SafeHandle pipe)
        => DescriptorInfo.CanWrite(pipe) ? null : "is the read end of a pipe; the write end takes data.";

    private static string? WhySocketRefused(SafeHandle socket)
    {
        if (!TryGetOption(socket, SysSocket.SO_DOMAIN, out int domain) || !TryGetOption(socket, SysSocket.SO_TYPE, out int type))
        {
            return $"is a socket that does not say of which kind: getsockopt(2) answers {Errno.Name(Marshal.GetLastPInvokeError())} here, by a seccomp "
                + $"profile most likely. {Copy}";
        }

        if (domain == SysSocket.AF_ALG)
        {
            return "is a crypto socket (AF_ALG), which is given whole messages. Send to it with a call of your own.";
        }

        if (type != SysSocket.SOCK_STREAM)
        {
            string name = type switch
            {
                SysSocket.SOCK_DGRAM => "datagram",
                SysSocket.SOCK_SEQPACKET => "seqpacket",
                _ => string.Create(CultureInfo.InvariantCulture, $"type {type}"),
            };
            return $"is a {name} socket: where one message ends and the next begins, a stream of bytes does not say. Read, and send each message: Socket.Send.";
        }

        if (domain is not (SysSocket.AF_UNIX or SysSocket.AF_INET or SysSocket.AF_INET6))
        {
            return string.Create(CultureInfo.InvariantCulture, $"is a socket of address family {domain}; TCP and Unix sockets are known to take pages. {Copy}");
        }

        if (domain == SysSocket.AF_UNIX)
        {
            return null;
        }

        if (UpperProtocol(socket) is { Length: > 0 } upper)
        {
            return $"has '{upper}' above TCP (TCP_ULP, as for TLS in the kernel), which may change data on the way, and must not do that in the sender's "
                + $"pages. {Copy}";
        }

        return TryGetOption(socket, SysSocket.SO_PROTOCOL, out int protocol) && protocol == NetinetIn.IPPROTO_TCP
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is a stream socket of protocol {protocol}; TCP and Unix sockets are known to take pages. {Copy}");
    }

    private static bool TryGetOption(SafeHandle socket, int option, out int value)
    {
        int found = 0;
        uint length = sizeof(int);

        // SAFETY: the kernel fills one int during the call.
        bool told = SysSocket.getsockopt(socket, SysSocket.SOL_SOCKET, option, &found, &length) == 0;
        value = found;
        return told;
    }

    private static string UpperProtocol(SafeHandle socket)
    {
        // SAFETY: the kernel fills at most these bytes during the call; the last one stays 0.
        const int Length = 16;
        byte* name = stackalloc byte[Length + 1];
        new Span<byte>(name, Length + 1).Clear();
        uint length = Length;
        return SysSocket.getsockopt(socket, NetinetTcp.SOL_TCP, NetinetTcp.TCP_ULP, name, &length) == 0 ? Marshal.PtrToStringUTF8((nint)name)! : string.Empty;
    }

    private static SysStat.Statx Stat(SafeHandle handle)
    {
        SysStat.Statx stat;
        byte nothing = 0;

        // SAFETY: an empty path, which means the descriptor itself; the kernel fills the struct during the call.
        return SysStat.statx(handle, &nothing, SysStat.AT_EMPTY_PATH, SysStat.STATX_TYPE | SysStat.STATX_INO, &stat) == 0
            ? stat
            : throw SystemCallException.Create("statx", Marshal.GetLastPInvokeError(), DescriptorInfo.Describe(handle));
    }

    private static string Name(int mode) => (mode & SysStat.S_IFMT) switch
    {
        SysStat.S_IFCHR => "character device",
        SysStat.S_IFBLK => "block device",
        SysStat.S_IFDIR => "directory",
        _ => "descriptor without a type",
    };
}
