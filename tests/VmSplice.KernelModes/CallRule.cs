using System.Globalization;

namespace VmSplice.KernelModes;

/// <summary>
/// One system call that is refused, as text: <c>pipe2=EMFILE</c>; <c>madvise:2=4=EINVAL</c> where argument 2 (counted from 0) is 4;
/// <c>vmsplice:3&amp;8=EOPNOTSUPP</c> where argument 3 has one of the bits of 8.
/// </summary>
/// <param name="Call">The number of the system call.</param>
/// <param name="Argument">The index of the argument that is looked at.</param>
/// <param name="Value">What it must be, or which bits; <see langword="null"/> for any.</param>
/// <param name="IsMask">Whether the value is a mask.</param>
/// <param name="Error">The error number that the call answers.</param>
internal sealed record CallRule(int Call, uint Argument, uint? Value, bool IsMask, int Error)
{
    private static bool Arm => Native.IsArm64;

    internal static CallRule Parse(string text)
    {
        int errorAt = text.LastIndexOf('=');
        int argumentAt = text.IndexOf(':', StringComparison.Ordinal);
        if (errorAt < 0)
        {
            throw new FormatException($"'{text}' names no error: call[:argument=value|:argument&mask]=ERROR.");
        }

        int error = ErrorNumber(text[(errorAt + 1)..]);
        if (argumentAt < 0)
        {
            return new CallRule(Number(text[..errorAt]), 0, null, IsMask: false, error);
        }

        string condition = text[(argumentAt + 1)..errorAt];
        int valueAt = condition.AsSpan().IndexOfAny('=', '&');
        return new CallRule(
            Number(text[..argumentAt]),
            uint.Parse(condition[..valueAt], CultureInfo.InvariantCulture),
            uint.Parse(condition[(valueAt + 1)..], CultureInfo.InvariantCulture),
            condition[valueAt] == '&',
            error);
    }

    private static int Number(string call) => call switch
    {
        "vmsplice" => Native.SYS_vmsplice,
        "splice" => Native.SYS_splice,
        "tee" => Native.SYS_tee,
        "openat" => Native.SYS_openat,
        "fcntl" => Arm ? 25 : 72,
        "ioctl" => Arm ? 29 : 16,
        "pipe2" => Arm ? 59 : 293,
        "madvise" => Arm ? 233 : 28,
        "mmap" => Arm ? 222 : 9,
        "mprotect" => Arm ? 226 : 10,
        "preadv2" => Arm ? 286 : 327,
        "pwritev2" => Arm ? 287 : 328,
        "epoll_create1" => Arm ? 20 : 291,
        "epoll_ctl" => Arm ? 21 : 233,
        "eventfd2" => Arm ? 19 : 290,
        "getsockopt" => Arm ? 209 : 55,
        "getrusage" => Arm ? 165 : 98,
        "statx" => Arm ? 291 : 332,
        _ => throw new FormatException($"'{call}' is no call that is known here."),
    };

    private static int ErrorNumber(string name) => name switch
    {
        "EPERM" => Native.EPERM,
        "EAGAIN" => Native.EAGAIN,
        "ENOMEM" => Native.ENOMEM,
        "EACCES" => 13,
        "EINVAL" => Native.EINVAL,
        "ENFILE" => 23,
        "EMFILE" => 24,
        "ENOSPC" => 28,
        "ENOSYS" => Native.ENOSYS,
        "EOPNOTSUPP" => Native.EOPNOTSUPP,
        _ => throw new FormatException($"'{name}' is no error that is known here."),
    };
}
