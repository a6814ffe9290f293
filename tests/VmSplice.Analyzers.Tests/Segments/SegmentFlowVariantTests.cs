using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>The flow variants of the Juliet suite's scheme for the shape of what is sent: VMS3001, VMS3002, VMS3003, VMS3006.</summary>
public sealed class SegmentFlowVariantTests
{
    private const string Pages = "var b = PageBuffer<byte>.Allocate(1 << 17);";

    /// <summary>Name, what is right and what is wrong before the call, the call, its rule.</summary>
    private static readonly (string Name, string Right, string Wrong, string Call, string Rule)[] s_mistakes =
    [
        ("gifted address", "nint at = b.Address;", "nint at = b.Address + 128;",
            "_ = RawPipe.VmSplice(pipe, new IoVec([|at|], 65536), SpliceFlags.Gift)", "VMS3001"),
        ("gifted length", "nuint size = 65536;", "nuint size = 100;",
            "_ = RawPipe.VmSplice(pipe, new IoVec(b.Address, [|size|]), SpliceFlags.Gift)", "VMS3002"),
        ("too many segments", "int count = 1024; var list = new IoVec[count];", "int count = 1025; var list = new IoVec[count];",
            "_ = RawPipe.VmSplice(pipe, [|list|])", "VMS3003"),
        ("overlap", "nint at = b.Address, next = at + 100;", "nint at = b.Address, next = at + 50;",
            "_ = RawPipe.VmSplice(pipe, [|[new IoVec(at, 100), new IoVec(next, 100)]|])", "VMS3006"),
    ];

    /// <summary>In each <c>PREPARE</c> and <c>CALL</c> are filled in. Across methods values are not followed: there a helper has both.</summary>
    private static readonly (string Name, string Members)[] s_variants =
    [
        ("straight line", "void M(SafePipeHandle pipe) { PREPARE CALL; }"),
        ("constant condition", "void M(SafePipeHandle pipe) { PREPARE if (true) { CALL; } }"),
        ("constant field", "const bool On = true; void M(SafePipeHandle pipe) { PREPARE if (On) { CALL; } }"),
        ("static flag", "static readonly bool s_on = Environment.ProcessId > 0; void M(SafePipeHandle pipe) { PREPARE if (s_on) { CALL; } }"),
        ("helper in another class",
            """
            void M(SafePipeHandle pipe) { Other.Give(pipe); }
            static class Other { public static void Give(SafePipeHandle pipe) { PREPARE CALL; } }
            """),
        ("generic wrapper",
            """
            void M(SafePipeHandle pipe) { Generic<int>.Give(pipe); }
            static class Generic<T> { public static void Give(SafePipeHandle pipe) { PREPARE CALL; } }
            """),
        ("loop", "void M(SafePipeHandle pipe) { PREPARE for (int i = 0; i < 3; i++) { CALL; } }"),
        ("switch", "void M(SafePipeHandle pipe, int n) { PREPARE switch (n) { case 1: CALL; break; default: break; } }"),
        ("try", "void M(SafePipeHandle pipe) { PREPARE try { CALL; } finally { Console.WriteLine(); } }"),
        ("finally", "void M(SafePipeHandle pipe) { PREPARE try { Console.WriteLine(); } finally { CALL; } }"),
        ("lambda", "void M(SafePipeHandle pipe) { Action give = () => { PREPARE CALL; }; give(); }"),
        ("local function", "void M(SafePipeHandle pipe) { Give(); void Give() { PREPARE CALL; } }"),
        ("goto", "void M(SafePipeHandle pipe) { PREPARE goto Give; Done: return; Give: CALL; goto Done; }"),
        ("async method", "async Task M(SafePipeHandle pipe) { PREPARE await Task.Yield(); CALL; }"),
    ];

    public static TheoryData<string> Names() => [.. s_variants.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersions_EachReportedOnce(string variant) => Verify(variant, isWrong: true);

    [Theory]
    [MemberData(nameof(Names))]
    public Task RightVersions_Silent(string variant) => Verify(variant, isWrong: false);

    private static Task<AnalyzerResult> Verify(string variant, bool isWrong)
    {
        string members = s_variants.Single(one => one.Name == variant).Members;
        string source = "using Microsoft.Win32.SafeHandles;\n" + string.Concat(s_mistakes.Select((mistake, i) =>
        {
            string call = isWrong
                ? mistake.Call.Replace("[|", "{|" + mistake.Rule + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal)
                : Markup.Parse(mistake.Call, "X").Text;
            string prepare = Pages + (isWrong ? mistake.Wrong : mistake.Right);
            string filled = members.Replace("PREPARE", prepare, StringComparison.Ordinal).Replace("CALL", call, StringComparison.Ordinal);
            return $"public class Subject{i} {{ {filled} }}\n";
        }));
        return AnalyzerTest.VerifyAsync(source, new AnalyzerTestOptions { Id = "-", RunGenerator = false }, new SegmentAnalyzer());
    }
}
