using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>Wraps the body of a method in what a user of the raw call declares: its native methods and their structure.</summary>
internal static class RawSource
{
    /// <summary>No test here needs generated code.</summary>
    public static AnalyzerTestOptions Options { get; } = new() { RunGenerator = false };

    public static string Method(string body, string members = "") => $$"""
        using System.Buffers;
        using System.Diagnostics;
        using System.IO.Pipes;
        using System.Net.Sockets;
        using System.Runtime.InteropServices;
        using Microsoft.Win32.SafeHandles;

        unsafe struct iovec { public void* iov_base; public nuint iov_len; }

        static unsafe class Libc
        {
            public const uint SPLICE_F_MOVE = 1, SPLICE_F_NONBLOCK = 2, SPLICE_F_MORE = 4, SPLICE_F_GIFT = 8;
            [DllImport("libc", SetLastError = true)] public static extern nint vmsplice(int fd, iovec* iov, nuint count, uint flags);
            [DllImport("libc", SetLastError = true)] public static extern nint splice(int fdIn, long* offIn, int fdOut, long* offOut, nuint length, uint flags);
            [DllImport("libc", SetLastError = true)] public static extern nint tee(int fdIn, int fdOut, nuint length, uint flags);
            [DllImport("libc", SetLastError = true)]
            public static extern void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);
            [DllImport("libc", SetLastError = true)] public static extern int pipe(int* fds);
            [DllImport("libc", SetLastError = true)] public static extern int close(int fd);
            [DllImport("libc", SetLastError = true)] public static extern int poll(void* fds, nuint count, int timeout);
            [DllImport("libc")] public static extern int getpagesize();
        }

        unsafe class C
        {
            {{members.Indented(4)}}
            void M(int fd, byte* p, nuint length, nint address, SafePipeHandle pipe, SpliceWriter writer)
            {
                {{body.Indented(8)}}
            }
        }
        """;

    /// <summary>One rule of an analyzer that has several.</summary>
    public static AnalyzerTestOptions Only(string id) => Options with
    {
        Id = id,
        EditorConfig = "[*.cs]\n" + string.Join('\n', s_ids.Where(other => other != id).Select(other => $"dotnet_diagnostic.{other}.severity = none")),
    };

    public static Task<AnalyzerResult> VerifyAsync<TAnalyzer>(string id, string body, string members = "")
        where TAnalyzer : DiagnosticAnalyzer, new()
        => AnalyzerTest.VerifyAsync<TAnalyzer>(Method(body, members), Only(id));

    private static readonly string[] s_ids =
        [.. Enumerable.Range(3001, 7).Concat(Enumerable.Range(4001, 7)).Select(number => $"VMS{number}")];
}
