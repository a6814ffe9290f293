// Numbers of segments that a pattern bounds.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.BoundedCounts.PlainForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts) => parts.Length is <= 1024 ? RawPipe.VmSplice(pipe, parts) : 0;
    }
}

namespace Corpus.BoundedCounts.IsForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts)
        {
            if (parts.Length is> 1024)
                throw new ArgumentException("x");
            return 1 + RawPipe.VmSplice(pipe, parts);
        }
    }
}

namespace Corpus.BoundedCounts.AndForm
{
    static class C
    {
        static nint M(SafeHandle pipe, ReadOnlySpan<IoVec> parts)
        {
            if (parts.Length is> 0 and <= 1024)
            {
                return 1 + RawPipe.VmSplice(pipe, parts);
            }

            return 0;
        }
    }
}

namespace Corpus.BoundedCounts.NotForm
{
    static class C
    {
        static nint M(SafeHandle pipe, ReadOnlySpan<IoVec> parts)
        {
            if (parts.Length is not (> 0 and <= 1024))
            {
                return 0;
            }

            return 1 + RawPipe.VmSplice(pipe, parts);
        }
    }
}

namespace Corpus.BoundedCounts.SwitchForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts)
        {
            switch (parts.Length)
            {
                case 0:
                    return 0;
                case <= RawPipe.IovMax:
                    return 1 + RawPipe.VmSplice(pipe, parts);
                default:
                    throw new ArgumentException("x");
            }
        }

        static nint N(SafeHandle pipe, IoVec[] parts) => parts.Length switch
        {
            0 => 0,
            <= 1024 => 1 + RawPipe.VmSplice(pipe, parts),
            _ => throw new ArgumentException("x")};
        static nint O(SafeHandle pipe, IoVec[] parts) => parts.Length switch
        {
            > 1024 => throw new ArgumentException("x"),
            _ => 1 + RawPipe.VmSplice(pipe, parts)};
    }
}

namespace Corpus.BoundedCounts.PropertyPatternForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts) => parts is { Length: <= 1024 } ? RawPipe.VmSplice(pipe, parts) : 0;
        static nint N(SafeHandle pipe, IoVec[] parts)
        {
            if (parts is not { Length: > 0 and <= 1024 })
                return 0;
            return 1 + RawPipe.VmSplice(pipe, parts);
        }

        static nint O(SafeHandle pipe, List<IoVec> parts) => parts is { Count: <= 1024 } ? RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) : 0;
        static nint P(SafeHandle pipe, List<IoVec> parts) => parts.Count is <= 1024 ? RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) : 0;
    }
}

namespace Corpus.BoundedCounts.NamedForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts)
        {
            bool fits = parts.Length <= 1024;
            if (!fits)
                throw new ArgumentException("x");
            return 1 + RawPipe.VmSplice(pipe, parts);
        }

        static nint N(SafeHandle pipe, IoVec[] parts)
        {
            int n = parts.Length;
            if (n is> 1024 or 0)
                return 0;
            return 1 + RawPipe.VmSplice(pipe, parts.AsSpan(0, n));
        }
    }
}

namespace Corpus.BoundedCounts.GuardsForm
{
    static class C
    {
        static nint M(SafeHandle pipe, IoVec[] parts)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Length, 1024);
            return 1 + RawPipe.VmSplice(pipe, parts);
        }

        static unsafe nint N(SafeHandle pipe, IoVec[] parts)
        {
            Debug.Assert(parts.Length <= 1024);
            return 1 + RawPipe.VmSplice(pipe, parts);
        }

        static nint O(SafeHandle pipe, IoVec[] parts)
        {
            int n = Math.Clamp(parts.Length, 0, 1024);
            return 1 + RawPipe.VmSplice(pipe, parts.AsSpan()[..n]);
        }
    }
}

namespace Corpus.BoundedCounts.OwnImportPatternForm
{
    static unsafe class C
    {
        struct iovec
        {
            public void* b;
            public nuint l;
        }

        [DllImport("libc")]
        static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
        static nint M(int fd, iovec* v, int n) => n is >= 0 and <= 1024 ? 1 + vmsplice(fd, v, (nuint)n, 0) : 0;
        static nint N(int fd, iovec* v, uint n)
        {
            nint all = 0;
            while (n is not 0)
            {
                uint part = n is> 1024 ? 1024 : n;
                all += vmsplice(fd, v, part, 0);
                v += part;
                n -= part;
            }

            return all;
        }
    }
}
