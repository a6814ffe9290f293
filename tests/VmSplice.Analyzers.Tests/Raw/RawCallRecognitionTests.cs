using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>Every way to declare the call is recognised (an ignored result is the witness), and nothing else is.</summary>
public sealed class RawCallRecognitionTests
{
    private const string Usings = """
        using System.Runtime.InteropServices;
        using Microsoft.Win32.SafeHandles;
        unsafe struct Vec { public byte* Data; public nuint Size; }
        """;

    [Theory]
    [InlineData("[DllImport(\"libc\")] static extern nint vmsplice(int fd, Vec* iov, nuint n, uint flags);", "{|VMS4001:vmsplice(1, v, 1, 0)|};")]
    [InlineData(
        """
        [DllImport("libc", EntryPoint = "vmsplice")] static extern nint Push(int fd, Vec* iov, nuint n, uint flags);
        """,
        "{|VMS4001:Push(1, v, 1, 0)|};")]
    [InlineData("[DllImport(\"libc\")] static extern nint vmsplice(SafeHandle fd, ref Vec iov, ulong n, int flags);", "{|VMS4001:vmsplice(h, ref *v, 1, 0)|};")]
    [InlineData(
        """
        [DllImport("libc")] static extern nint vmsplice(SafePipeHandle fd, in Vec iov, nint n, uint flags);
        """,
        "{|VMS4001:vmsplice(h, in *v, 1, 0)|};")]
    [InlineData(
        """
        [DllImport("libc")] static extern IntPtr vmsplice(IntPtr fd, Vec[] iov, UIntPtr n, uint flags);
        """,
        "{|VMS4001:vmsplice(1, new Vec[1], 1, 0)|};")]
    [InlineData("[DllImport(\"libc\")] static extern nint vmsplice(int fd, IntPtr iov, nuint n, uint flags);", "{|VMS4001:vmsplice(1, (nint)v, 1, 0)|};")]
    [InlineData(
        """
        [LibraryImport("libc", EntryPoint = "vmsplice")] private static partial nint Push(int fd, ReadOnlySpan<Vec> iov, nuint n, uint flags);
        private static partial nint Push(int fd, ReadOnlySpan<Vec> iov, nuint n, uint flags) => 0;
        """,
        "{|VMS4001:Push(1, new Vec[1], 1, 0)|};")]
    [InlineData(
        """
        [LibraryImport("libc")] private static partial nint vmsplice(int fd, Vec* iov, nuint n, uint flags);
        private static partial nint vmsplice(int fd, Vec* iov, nuint n, uint flags) => 0;
        """,
        "{|VMS4001:vmsplice(1, v, 1, 0)|};")]
    [InlineData("[DllImport(\"libc\")] static extern long syscall(long nr, int fd, Vec* iov, nuint n, uint flags);", "{|VMS4001:syscall(278, 1, v, 1, 0)|};")]
    [InlineData("[DllImport(\"libc\")] static extern long syscall(long nr, int fd, Vec* iov, nuint n, uint flags);", "{|VMS4001:syscall(75, 1, v, 1, 0)|};")]
    [InlineData(
        """
        const int SYS_vmsplice = 316;
        [DllImport("libc")] static extern long syscall(nint nr, nint a, nint b, nint c, nint d, nint e, nint f);
        """,
        "{|VMS4001:syscall(SYS_vmsplice, 1, (nint)v, 1, 0, 0, 0)|};")]
    [InlineData(
        """
        [DllImport("libc")] static extern long syscall(long nr, int fd, Vec* iov, nuint n, uint flags);
        """,
        """
        {|VMS4001:syscall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 75 : 278, 1, v, 1, 0)|};
        """)]
    [InlineData(
        """
        static readonly delegate* unmanaged<int, Vec*, nuint, uint, nint> s_call
            = (delegate* unmanaged<int, Vec*, nuint, uint, nint>)NativeLibrary.GetExport(NativeLibrary.Load("libc"), "vmsplice");
        """,
        "{|VMS4001:s_call(1, v, 1, 0)|};")]
    [InlineData("",
        """
        nint export = NativeLibrary.GetExport(NativeLibrary.Load("libc"), "vmsplice");
        var send = (delegate* unmanaged<int, Vec*, nuint, uint, nint>)export;
        {|VMS4001:send(1, v, 1, 0)|};
        """)]
    [InlineData("",
        """
        NativeLibrary.TryGetExport(NativeLibrary.Load("libc"), "vmsplice", out nint export);
        {|VMS4001:((delegate* unmanaged<int, Vec*, nuint, uint, nint>)export)(1, v, 1, 0)|};
        """)]
    [InlineData("delegate nint Call(int fd, Vec* iov, nuint n, uint flags);",
        """
        var call = Marshal.GetDelegateForFunctionPointer<Call>(NativeLibrary.GetExport(0, "vmsplice"));
        {|VMS4001:call(1, v, 1, 0)|};
        """)]
    [InlineData("delegate nint Call(int fd, Vec* iov, nuint n, uint flags); static Call s_vmsplice = null!;", "{|VMS4001:s_vmsplice.Invoke(1, v, 1, 0)|};")]
    public async Task DeclarationOfVmsplice_IsRecognised(string declaration, string use)
        => await VerifyAsync(declaration, use);

    [Theory]
    [InlineData("[DllImport(\"libc\")] static extern nint splice(int a, long* b, int c, long* d, nuint n, uint flags);", "splice(1, null, 2, null, 1, 0);")]
    [InlineData("[DllImport(\"libc\", EntryPoint = \"writev\")] static extern nint vmsplice(int fd, Vec* iov, nuint n, uint flags);", "vmsplice(1, v, 1, 0);")]
    [InlineData("static nint vmsplice(int fd, Vec* iov, nuint n, uint flags) => 0;", "vmsplice(1, v, 1, 0);")]
    [InlineData("[DllImport(\"libc\")] static extern long syscall(long nr, byte* buffer, nuint n, uint flags);", "syscall(278, null, 1, 0);")]
    [InlineData("[DllImport(\"libc\")] static extern long syscall(long nr, int fd, Vec* iov, nuint n, uint flags);", "syscall(20, 1, v, 1, 0);")]
    [InlineData("[DllImport(\"libc\")] static extern nint vmsplice(int fd);", "vmsplice(1);")]
    [InlineData("",
        """
        nint export = NativeLibrary.GetExport(NativeLibrary.Load("libc"), "writev");
        var send = (delegate* unmanaged<int, Vec*, nuint, uint, nint>)export;
        send(1, v, 1, 0);
        """)]
    [InlineData("delegate nint Call(int fd, Vec* iov, nuint n, uint flags);", "Call call = (fd, iov, n, flags) => 0; call(1, v, 1, 0);")]
    public async Task AnotherDeclaration_IsNotRecognised(string declaration, string use)
        => await VerifyAsync(declaration, use);

    [Fact]
    public async Task BindingLikeTmdsLibC_IsRecognised()
        => await AnalyzerTest.VerifyRuleAsync<RawResultAnalyzer>("VMS4001", """
            namespace Tmds.Linux
            {
                public struct size_t { public static implicit operator size_t(int value) => default; }
                public struct ssize_t { }
                public unsafe struct iovec { public void* iov_base { get; set; } public size_t iov_len { get; set; } }
                // A reference assembly keeps neither attribute nor body.
                public static unsafe class LibC { public static ssize_t vmsplice(int fd, iovec* iov, size_t count, uint flags) => default; }
            }
            unsafe class C
            {
                void M(Tmds.Linux.iovec* v) => [|Tmds.Linux.LibC.vmsplice(1, v, 1, 0)|];
            }
            """);

    [Fact]
    public async Task WithoutRuntime_UsersOwnDeclarationIsRecognised()
        => await AnalyzerTest.VerifyAsync<RawResultAnalyzer>(Source(
            "[DllImport(\"libc\")] static extern nint vmsplice(int fd, Vec* iov, nuint n, uint flags);", "{|VMS4001:vmsplice(1, v, 1, 0)|};"),
            new() { ReferenceRuntime = false, RunGenerator = false });

    private static Task<AnalyzerResult> VerifyAsync(string declaration, string use)
        => AnalyzerTest.VerifyAsync<RawResultAnalyzer>(Source(declaration, use), RawSource.Options);

    private static string Source(string declaration, string use) => $$"""
        {{Usings}}
        unsafe partial class C
        {
            {{declaration}}
            void M(Vec* v, SafePipeHandle h)
            {
                {{use}}
            }
        }
        """;
}
