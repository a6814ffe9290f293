using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.LifetimeFixes;

/// <summary>The fix of VMS2005, VMS2006 and VMS2007, one at a time and all at once. COPY stands for a writer around a block.</summary>
public sealed class CopyInsteadFixTests
{
    [Theory]
    [InlineData(
        "byte* p = stackalloc byte[64];\n        RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);",
        "byte* p = stackalloc byte[64];\n        COPY\n            writer.Write(new ReadOnlySpan<byte>(p, 64));\n        }")]
    [InlineData(
        "long x = n;\n        _ = RawPipe.VmSplice(pipe, new IoVec(&x, 8), SpliceFlags.None);",
        "long x = n;\n        COPY\n            writer.Write(new ReadOnlySpan<byte>(&x, 8));\n        }")]
    [InlineData(
        "byte* p = stackalloc byte[] { 1, 2, 3, 4 };\n        nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, 3), new IoVec(p + 3, 1)]);\n        Console.WriteLine(sent);",
        "byte* p = stackalloc byte[] { 1, 2, 3, 4 };\n        COPY\n            writer.Write(new ReadOnlySpan<byte>(p, 3));\n            writer.Write(new ReadOnlySpan<byte>(p + 3, 1));\n        }\n        nint sent = (3 + (nint)1);\n        Console.WriteLine(sent);")]
    public Task StackMemory_IsCopied(string body, string expected) => VerifyAsync(body, expected);

    [Theory]
    [InlineData(
        "var a = new byte[64];\n        fixed (byte* p = a)\n        {\n            RawPipe.VmSplice(pipe, new IoVec(p, (nuint)a.Length), SpliceFlags.Gift);\n        }",
        "var a = new byte[64];\n        fixed (byte* p = a)\n        {\n            COPY\n                writer.Write(new ReadOnlySpan<byte>(p, a.Length));\n            }\n        }")]
    [InlineData(
        "var h = GCHandle.Alloc(_array, GCHandleType.Pinned);\n        if (RawPipe.VmSplice(pipe, [new IoVec(h.AddrOfPinnedObject(), 64)]) != 64) { throw new IOException(); }\n        h.Free();",
        "var h = GCHandle.Alloc(_array, GCHandleType.Pinned);\n        COPY\n            writer.Write(new ReadOnlySpan<byte>((void*)h.AddrOfPinnedObject(), 64));\n        }\n        if ((nint)64 != 64) { throw new IOException(); }\n        h.Free();")]
    public Task MemoryThatMayMove_IsCopied(string body, string expected) => VerifyAsync(body, expected);

    [Theory]
    [InlineData(
        "void* p = NativeMemory.Alloc(64);\n        nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);\n        if (sent != 64) { throw new IOException(); }\n        NativeMemory.Free(p);",
        "void* p = NativeMemory.Alloc(64);\n        COPY\n            writer.Write(new ReadOnlySpan<byte>(p, 64));\n        }\n        nint sent = 64;\n        if (sent != 64) { throw new IOException(); }\n        NativeMemory.Free(p);")]
    [InlineData(
        "byte* p = (byte*)NativeMemory.Alloc(64);\n        IoVec[] list = [new IoVec(p, 32), new IoVec(p + 32, 32)];\n        if (RawPipe.VmSplice(pipe, list) != 64) { throw new IOException(); }\n        NativeMemory.Free(p);",
        "byte* p = (byte*)NativeMemory.Alloc(64);\n        IoVec[] list = [new IoVec(p, 32), new IoVec(p + 32, 32)];\n        COPY\n            foreach (var each in list) writer.Write(new ReadOnlySpan<byte>((void*)each.Address, (int)each.Length));\n        }\n        nint given = 0;\n        foreach (var each2 in list) given += (nint)each2.Length;\n        if (given != 64) { throw new IOException(); }\n        NativeMemory.Free(p);")]
    [InlineData(
        "void* p = NativeMemory.Alloc(64), q = NativeMemory.Alloc(8);\n        RawPipe.VmSplice(pipe, [new IoVec(p, 64), new IoVec(q, 8)]);\n        NativeMemory.Free(p);\n        NativeMemory.Free(q);",
        "void* p = NativeMemory.Alloc(64), q = NativeMemory.Alloc(8);\n        COPY\n            writer.Write(new ReadOnlySpan<byte>(p, 64));\n            writer.Write(new ReadOnlySpan<byte>(q, 8));\n        }\n        NativeMemory.Free(p);\n        NativeMemory.Free(q);")]
    [InlineData(
        "nint p = Marshal.AllocHGlobal(64);\n        IoV v = new IoV { Base = (void*)p, Length = 64 };\n        if (vmsplice(3, &v, 1, 0) < 64) { return; }\n        Marshal.FreeHGlobal(p);",
        "nint p = Marshal.AllocHGlobal(64);\n        IoV v = new IoV { Base = (void*)p, Length = 64 };\n        using (SpliceWriter writer = SpliceWriter.Open(new Microsoft.Win32.SafeHandles.SafePipeHandle(3, ownsHandle: false), new SpliceWriterOptions { LeaveOpen = true }))\n        {\n            writer.Write(new ReadOnlySpan<byte>(v.Base, (int)v.Length));\n        }\n        if ((nint)v.Length < 64) { return; }\n        Marshal.FreeHGlobal(p);")]
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
        const string Writer = "using (SpliceWriter writer = SpliceWriter.Open(pipe, new SpliceWriterOptions { LeaveOpen = true }))";
        int at = expected.IndexOf("COPY", StringComparison.Ordinal);
        string indent = at < 0 ? "" : new string(' ', at - expected.LastIndexOf('\n', at) - 1);
        return CodeFixTest.VerifyAsync<LifetimeAnalyzer, CopyInsteadFix>(
            Subject(body), Subject(expected.Replace("COPY", $"{Writer}\n{indent}{{", StringComparison.Ordinal)), Options);
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
                {{body}}
            }
        }
        """;
}
