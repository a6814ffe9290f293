using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>The flow variants of <see cref="FlowVariantTests"/> for memory that is given to the raw call.</summary>
public sealed class RawFlowVariantTests
{
    private const string Send = "RawPipe.VmSplice(fd, [new IoVec(P, 64)])";
    private const string Gift = "RawPipe.VmSplice(fd, [new IoVec(P, 64)], SpliceFlags.Gift)";

    /// <summary>Name, what gives the memory at address <c>P</c> away, what is then wrong, its rule.</summary>
    private static readonly (string Name, string Give, string Misuse, string Rule)[] s_mistakes =
    [
        ("write in flight", Send, "Marshal.WriteByte([|P|], 1);", "VMS2001"),
        ("copy in flight", Send, "Marshal.Copy(new byte[8], 0, [|P|], 8);", "VMS2001"),
        ("write to a gift", Gift, "Marshal.WriteByte([|P|], 1);", "VMS2001"),
        ("freed in flight", Send, "[|Marshal.FreeHGlobal(P)|];", "VMS2007"),
        ("freed gift", Gift, "[|Marshal.FreeHGlobal(P)|];", "VMS2007"),
    ];

    /// <summary>In each the memory is an address <c>P</c>; <c>GIVE</c> and <c>MISUSE</c> are filled in.</summary>
    private static readonly (string Name, string Members, bool Possible)[] s_variants =
    [
        ("straight line", "void M(SafeHandle fd, nint P) { GIVE; MISUSE }", false),
        ("constant condition", "void M(SafeHandle fd, nint P) { if (true) { GIVE; } if (5 == 5) { MISUSE } }", false),
        ("constant field", "const bool On = true; void M(SafeHandle fd, nint P) { if (On) { GIVE; } MISUSE }", false),
        ("static flag",
            """
            static readonly bool s_on = Environment.ProcessId > 0;
            void M(SafeHandle fd, nint P)
            {
                if (s_on) { GIVE; }
                if (s_on) { MISUSE }
            }
            """,
            false),
        ("unknown condition", "void M(SafeHandle fd, nint P, bool c) { if (c) { GIVE; } MISUSE }", true),
        ("helper in the same class", "void M(SafeHandle fd, nint P) { Give(fd, P); MISUSE } void Give(SafeHandle fd, nint P) { GIVE; }", false),
        ("helper of a helper",
            """
            void M(SafeHandle fd, nint P) { First(fd, P); MISUSE }
            void First(SafeHandle fd, nint P) => Second(P, fd);
            void Second(nint P, SafeHandle fd) { GIVE; }
            """,
            false),
        ("helper in another class",
            """
            void M(SafeHandle fd, nint P) { Other.Give(fd, P); MISUSE }
            static class Other { public static void Give(SafeHandle fd, nint P) { GIVE; } }
            """,
            false),
        ("generic wrapper",
            """
            void M(SafeHandle fd, nint P) { Generic<string>.Give(fd, P, 3L); MISUSE }
            static class Generic<T> { public static void Give<U>(SafeHandle fd, nint P, U other) { GIVE; } }
            """,
            false),
        ("loop", "void M(SafeHandle fd, nint P) { for (int i = 0; i < 3; i++) { if (i == 2) { GIVE; MISUSE break; } } }", false),
        ("switch",
            """
            void M(SafeHandle fd, nint P, int n)
            {
                switch (n)
                {
                    case 1: GIVE;
                    break;
                    default: RawPipe.VmSplice(fd, [new IoVec(P, 8)]);
                    break;
                }
                MISUSE
            }
            """,
            false),
        ("try and finally", "void M(SafeHandle fd, nint P) { try { GIVE; } finally { MISUSE } }", false),
        ("after try", "void M(SafeHandle fd, nint P) { try { GIVE; } finally { _sum = 0; } MISUSE }", false),
        ("lambda", "void M(SafeHandle fd, nint P) { Action give = () => { GIVE; }; give(); MISUSE }", false),
        ("local function", "void M(SafeHandle fd, nint P) { Give(); MISUSE void Give() { GIVE; } }", false),
        ("goto", "void M(SafeHandle fd, nint P) { goto Give; Done: MISUSE return; Give: GIVE; goto Done; }", false),
        ("async method", "async Task M(SafeHandle fd, nint P) { await Task.Yield(); GIVE; MISUSE }", false),
    ];

    public static TheoryData<string> Names() => [.. s_variants.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersions_EachReportedOnce(string variant)
        => Lifetimes.Verify("-", All(variant, (members, misuse) => members.Replace("MISUSE", misuse, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public Task ReadVersions_Silent(string variant)
        => Lifetimes.Verify("-", All(variant, (members, _) => members.Replace("MISUSE", "_sum = Marshal.ReadByte(P);", StringComparison.Ordinal)));

    /// <summary>One class for each mistake, all in one source. What may or may not be in flight can be freed without a word.</summary>
    private static string All(string variant, Func<string, string, string> finish)
    {
        (_, string members, bool possible) = s_variants.Single(one => one.Name == variant);
        return "using System.Runtime.InteropServices;\n" + string.Concat(s_mistakes
            .Where(mistake => !possible || mistake.Rule != "VMS2007")
            .Select((mistake, i) => $$"""
                public class Subject{{i}}
                {
                    private int _sum;
                    {{Marked(finish(members.Replace("GIVE", mistake.Give, StringComparison.Ordinal), mistake.Misuse), possible ? "VMS2004" : mistake.Rule)}}
                    public override string ToString() => $"{_sum}";
                }

                """));
    }

    private static string Marked(string members, string rule)
        => members.Replace("[|", "{|" + rule + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);
}
