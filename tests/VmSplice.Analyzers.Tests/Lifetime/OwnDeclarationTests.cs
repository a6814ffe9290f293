using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// The user's own vmsplice, without the runtime: each mistake with the raw call in the flow variants of the Juliet
/// suite that unsafe code allows, in a wrong and a right version.
/// </summary>
public sealed class OwnDeclarationTests
{
    private static readonly (string Name, string Prepare, string Misuse, string Rule)[] s_mistakes =
    [
        ("write", "byte* p = (byte*)NativeMemory.Alloc(64);", "[|p[0]|] = 1;", "VMS2001"),
        ("clear", "byte* p = (byte*)NativeMemory.Alloc(64);", "NativeMemory.Clear([|p|], 64);", "VMS2001"),
        ("span", "byte* p = (byte*)NativeMemory.Alloc(64); var s = new Span<byte>(p, 64);", "[|s.Fill(1)|];", "VMS2001"),
        ("free", "byte* p = (byte*)NativeMemory.Alloc(64);", "[|NativeMemory.Free(p)|];", "VMS2007"),
        ("c free", "byte* p = (byte*)malloc(64);", "[|free(p)|];", "VMS2007"),
        ("global memory", "byte* p = (byte*)Marshal.AllocHGlobal(64);", "[|Marshal.FreeHGlobal((nint)p)|];", "VMS2007"),
    ];

    private static readonly (string Name, string Members)[] s_variants =
    [
        ("straight line", "void M(int fd) { PREPARE IoV v; v.Base = p; v.Length = 64; vmsplice(fd, &v, 1, 0); MISUSE }"),
        ("initializer", "void M(int fd) { PREPARE var v = new IoV { Base = p, Length = 64 }; vmsplice(fd, &v, 1, 0); MISUSE }"),
        ("array of segments", "void M(int fd) { PREPARE IoV* v = stackalloc IoV[1]; v[0].Base = p; v[0].Length = 64; vmsplice(fd, v, 1, 0); MISUSE }"),
        ("constant condition", "void M(int fd) { PREPARE var v = new IoV { Base = p, Length = 64 }; if (true) { vmsplice(fd, &v, 1, 0); } MISUSE }"),
        ("static flag",
            """
            static readonly bool s_on = Environment.ProcessId > 0;
            void M(int fd)
            {
                PREPARE var v = new IoV { Base = p, Length = 64 };
                if (s_on) { vmsplice(fd, &v, 1, 0); }
                if (s_on) { MISUSE }
            }
            """),
        ("helper",
            """
            void M(int fd) { PREPARE Give(fd, p); MISUSE }
            static void Give(int fd, byte* p)
            {
                var v = new IoV { Base = p, Length = 64 };
                vmsplice(fd, &v, 1, 0);
            }
            """),
        ("loop",
            """
            void M(int fd)
            {
                PREPARE for (int i = 0; i < 4; i++)
                {
                    if (i == 3)
                    {
                        var v = new IoV { Base = p, Length = 64 };
                        vmsplice(fd, &v, 1, 0);
                        MISUSE break;
                    }
                }
            }
            """),
        ("try and finally", "void M(int fd) { PREPARE try { var v = new IoV { Base = p, Length = 64 }; vmsplice(fd, &v, 1, 0); } finally { MISUSE } }"),
        ("result checked", "void M(int fd) { PREPARE var v = new IoV { Base = p, Length = 64 }; if (vmsplice(fd, &v, 1, 0) == -1) { return; } MISUSE }"),
    ];

    public static TheoryData<string> Names() => [.. s_variants.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersions_EachReportedOnce(string variant) => Verify(variant, (mistake, members) => members
        .Replace("PREPARE", mistake.Prepare, StringComparison.Ordinal)
        .Replace("MISUSE", Named(mistake), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public Task RightVersions_Silent(string variant) => Verify(variant, (mistake, members) => members
        .Replace("PREPARE", mistake.Prepare + (mistake.Rule == "VMS2001" ? Lifetimes.Plain(mistake.Misuse) : ""), StringComparison.Ordinal)
        .Replace("MISUSE", "", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public Task DrainedBefore_Silent(string variant) => Verify(variant, (mistake, members) => members
        .Replace("PREPARE", mistake.Prepare, StringComparison.Ordinal)
        .Replace("MISUSE", "read(fd, null, 64); " + Lifetimes.Plain(mistake.Misuse), StringComparison.Ordinal));

    private static string Named((string Name, string Prepare, string Misuse, string Rule) mistake)
        => mistake.Misuse.Replace("[|", "{|" + mistake.Rule + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);

    private static Task Verify(string variant, Func<(string Name, string Prepare, string Misuse, string Rule), string, string> finish)
    {
        string members = s_variants.Single(one => one.Name == variant).Members;
        string classes = string.Concat(s_mistakes.Select((mistake, i) => $$"""
            public unsafe class Subject{{i}}
            {
                [DllImport("libc", SetLastError = true)] private static extern nint vmsplice(int fd, IoV* iov, nuint count, uint flags);
                [DllImport("libc")] private static extern void* malloc(nuint size);
                [DllImport("libc")] private static extern void free(void* memory);
                [DllImport("libc")] private static extern nint read(int fd, void* to, nuint count);
                {{finish(mistake, members)}}
            }

            """));
        return Lifetimes.Verify("-", "using System.Runtime.InteropServices;\npublic unsafe struct IoV { public void* Base; public nuint Length; }\n" + classes,
            new AnalyzerTestOptions { ReferenceRuntime = false });
    }
}
