using System.Text.RegularExpressions;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.LifetimeFixes;

/// <summary>
/// The fix of VMS2005, VMS2006 and VMS2007, one at a time and all at once. COPY stands for a writer of the pipe around a block, COPY(x) for one of x.
/// </summary>
public sealed partial class CopyInsteadFixTests
{
    [Theory]
    [InlineData(
        """
        byte* p = stackalloc byte[64];
        RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);
        """,
        """
        byte* p = stackalloc byte[64];
        COPY
            writer.Write(new ReadOnlySpan<byte>(p, 64));
        }
        """)]
    [InlineData(
        """
        long x = n;
        _ = RawPipe.VmSplice(pipe, new IoVec(&x, 8), SpliceFlags.None);
        """,
        """
        long x = n;
        COPY
            writer.Write(new ReadOnlySpan<byte>(&x, 8));
        }
        """)]
    [InlineData(
        """
        byte* p = stackalloc byte[] { 1, 2, 3, 4 };
        nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, 3), new IoVec(p + 3, 1)]);
        Console.WriteLine(sent);
        """,
        """
        byte* p = stackalloc byte[] { 1, 2, 3, 4 };
        COPY
            writer.Write(new ReadOnlySpan<byte>(p, 3));
            writer.Write(new ReadOnlySpan<byte>(p + 3, 1));
        }
        nint sent = (3 + (nint)1);
        Console.WriteLine(sent);
        """)]
    public Task StackMemory_IsCopied(string body, string expected) => VerifyAsync(body, expected);

    [Theory]
    [InlineData(
        """
        var a = new byte[64];
        fixed (byte* p = a)
        {
            RawPipe.VmSplice(pipe, new IoVec(p, (nuint)a.Length), SpliceFlags.Gift);
        }
        """,
        """
        var a = new byte[64];
        fixed (byte* p = a)
        {
            COPY
                writer.Write(new ReadOnlySpan<byte>(p, a.Length));
            }
        }
        """)]
    [InlineData(
        """
        var h = GCHandle.Alloc(_array, GCHandleType.Pinned);
        if (RawPipe.VmSplice(pipe, [new IoVec(h.AddrOfPinnedObject(), 64)]) != 64) { throw new IOException(); }
        h.Free();
        """,
        """
        var h = GCHandle.Alloc(_array, GCHandleType.Pinned);
        COPY
            writer.Write(new ReadOnlySpan<byte>((void*)h.AddrOfPinnedObject(), 64));
        }
        if ((nint)64 != 64) { throw new IOException(); }
        h.Free();
        """)]
    public Task MemoryThatMayMove_IsCopied(string body, string expected) => VerifyAsync(body, expected);

    [Theory]
    [InlineData(
        """
        void* p = NativeMemory.Alloc(64);
        nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);
        if (sent != 64) { throw new IOException(); }
        NativeMemory.Free(p);
        """,
        """
        void* p = NativeMemory.Alloc(64);
        COPY
            writer.Write(new ReadOnlySpan<byte>(p, 64));
        }
        nint sent = 64;
        if (sent != 64) { throw new IOException(); }
        NativeMemory.Free(p);
        """)]
    [InlineData(
        """
        byte* p = (byte*)NativeMemory.Alloc(64);
        IoVec[] list = [new IoVec(p, 32), new IoVec(p + 32, 32)];
        if (RawPipe.VmSplice(pipe, list) != 64) { throw new IOException(); }
        NativeMemory.Free(p);
        """,
        """
        byte* p = (byte*)NativeMemory.Alloc(64);
        IoVec[] list = [new IoVec(p, 32), new IoVec(p + 32, 32)];
        COPY
            foreach (var each in list) writer.Write(new ReadOnlySpan<byte>((void*)each.Address, (int)each.Length));
        }
        nint given = 0;
        foreach (var each2 in list) given += (nint)each2.Length;
        if (given != 64) { throw new IOException(); }
        NativeMemory.Free(p);
        """)]
    [InlineData(
        """
        void* p = NativeMemory.Alloc(64), q = NativeMemory.Alloc(8);
        RawPipe.VmSplice(pipe, [new IoVec(p, 64), new IoVec(q, 8)]);
        NativeMemory.Free(p);
        NativeMemory.Free(q);
        """,
        """
        void* p = NativeMemory.Alloc(64), q = NativeMemory.Alloc(8);
        COPY
            writer.Write(new ReadOnlySpan<byte>(p, 64));
            writer.Write(new ReadOnlySpan<byte>(q, 8));
        }
        NativeMemory.Free(p);
        NativeMemory.Free(q);
        """)]
    [InlineData(
        """
        nint p = Marshal.AllocHGlobal(64);
        IoV v = new IoV { Base = (void*)p, Length = 64 };
        if (vmsplice(3, &v, 1, 0) < 64) { return; }
        Marshal.FreeHGlobal(p);
        """,
        """
        nint p = Marshal.AllocHGlobal(64);
        IoV v = new IoV { Base = (void*)p, Length = 64 };
        COPY(new Microsoft.Win32.SafeHandles.SafePipeHandle(3, ownsHandle: false))
            writer.Write(new ReadOnlySpan<byte>(v.Base, (int)v.Length));
        }
        if ((nint)v.Length < 64) { return; }
        Marshal.FreeHGlobal(p);
        """)]
    public Task FreedMemory_IsCopied(string body, string expected) => VerifyAsync(body, expected);

    [Theory]
    // Who asks not to wait counts on a short transfer.
    [InlineData("byte* p = stackalloc byte[64]; _ = RawPipe.VmSplice(pipe, [new IoVec(p, 64)], SpliceFlags.NonBlocking);")]
    // The length would be asked for twice.
    [InlineData("byte* p = stackalloc byte[64]; nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, (nuint)Next())]);")]
    // Something is evaluated before the call.
    [InlineData("byte* p = stackalloc byte[64]; nint sent = Next() + RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);")]
    // The helper's own call is right for other callers.
    [InlineData("void* p = NativeMemory.Alloc(64); Give(pipe, p); NativeMemory.Free(p);")]
    public Task CannotBeTheSame_IsNotOffered(string body)
        => CodeFixTest.VerifyNotOfferedAsync<LifetimeAnalyzer, CopyInsteadFix>(Subject(body), Options);

    private static Task VerifyAsync(string body, string expected)
    {
        string written = Copy().Replace(expected, copy =>
            $"{copy.Groups["indent"]}using (SpliceWriter writer = SpliceWriter.Open({(copy.Groups["of"] is { Success: true } of ? of : "pipe")}, "
                + $"new SpliceWriterOptions {{ LeaveOpen = true }}))\n{copy.Groups["indent"]}{{");
        return CodeFixTest.VerifyAsync<LifetimeAnalyzer, CopyInsteadFix>(Subject(body), Subject(written), Options);
    }

    private static CodeFixTestOptions Options { get; } = new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = false } };

    private static string Subject(string body) => $$"""
        using System.Runtime.InteropServices;

        public unsafe struct IoV { public void* Base; public nuint Length; }

        public unsafe class Subject
        {
            private readonly byte[] _array = new byte[64];
            [DllImport("libc", SetLastError = true)] private static extern nint vmsplice(int fd, IoV* segments, nuint count, uint flags);
            private static int Next() => 8;
            private static void Give(SafeHandle pipe, void* p) { _ = RawPipe.VmSplice(pipe, [new IoVec(p, 64)]); }
            public void M(SafeHandle pipe, int n)
            {
                {{body.Indented(8)}}
            }
        }
        """;

    [GeneratedRegex(@"(?m)^(?<indent> *)COPY(\((?<of>.*)\))?$")]
    private static partial Regex Copy();
}
