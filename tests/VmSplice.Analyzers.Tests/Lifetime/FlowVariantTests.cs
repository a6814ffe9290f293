using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// The flow variants of the Juliet suite's scheme, applied to each mistake: one table of mistakes, one of variants,
/// and each pair in a wrong and a right version.
/// </summary>
public sealed class FlowVariantTests
{
    /// <summary>Name, what prepares, what gives the buffer away, what is then wrong, and its rule.</summary>
    private static readonly Mistake[] s_mistakes =
    [
        new("write", "", "w.Send(B)", "[|B.Span[0]|] = 1;", "VMS2001"),
        new("write-after-gift", "", "w.Gift(B)", "[|B[0]|] += 2;", "VMS2001"),
        new("write-through-memory", "var m = B.Memory;", "w.Send(B)", "[|m.Span[0]|] = 1;", "VMS2001"),
        new("fill-through-memory", "var m = B.Memory.Slice(1);", "w.Send(B)", "[|m.Span.Fill(1)|];", "VMS2001"),
        new("read", "", "w.Send(B)", "_sum = [|B.Span[0]|];", "VMS2002"),
        new("read-element", "", "w.Gift(B)", "_sum = [|B[0]|];", "VMS2002"),
        new("send-twice", "", "w.Send(B)", "w.Send([|B|]);", "VMS2008"),
        new("write-frozen", "var m = B.Memory;", "_frozen = B.Freeze()", "[|m.Span[0]|] = 1;", "VMS2012"),
    ];

    /// <summary>In each the buffer is a parameter or field <c>B</c>; <c>PREPARE</c>, <c>GIVE</c> and <c>MISUSE</c> are filled in.</summary>
    private static readonly (string Name, string Members, bool Possible)[] s_variants =
    [
        ("straight line", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE GIVE; MISUSE }", false),
        ("constant condition", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE if (true) { GIVE; } if (5 == 5) { MISUSE } }", false),
        ("constant field", "const bool On = true; void M(SpliceWriter w, PageBuffer<int> B) { PREPARE if (On) { GIVE; } MISUSE }", false),
        ("static flag",
            """
            static readonly bool s_on = Environment.ProcessId > 0;
            void M(SpliceWriter w, PageBuffer<int> B)
            {
                PREPARE if (s_on) { GIVE; }
                if (s_on) { MISUSE }
            }
            """,
            false),
        ("unknown condition", "void M(SpliceWriter w, PageBuffer<int> B, bool c) { PREPARE if (c) { GIVE; } MISUSE }", true),
        ("helper in the same class",
            """
            void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Give(w, B); MISUSE }
            void Give(SpliceWriter w, PageBuffer<int> B) { GIVE; }
            """,
            false),
        ("helper of a helper",
            """
            void M(SpliceWriter w, PageBuffer<int> B) { PREPARE First(w, B); MISUSE }
            void First(SpliceWriter w, PageBuffer<int> B) => Second(B, w);
            void Second(PageBuffer<int> B, SpliceWriter w) { GIVE; }
            """,
            false),
        ("helper in another class",
            """
            void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Other.Give(w, B); MISUSE }
            static class Other { public static void Give(SpliceWriter w, PageBuffer<int> B) { GIVE; } }
            """,
            false),
        ("generic wrapper",
            """
            void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Generic<string>.Pass(w, B, 3L); MISUSE }
            static class Generic<T>
            {
                public static void Pass<U>(SpliceWriter w, PageBuffer<int> B, U other) => Give<T, U>(w, B);
                static void Give<V, W>(SpliceWriter w, PageBuffer<int> B) { GIVE; }
            }
            """,
            false),
        ("through a field",
            """
            PageBuffer<int> _held;
            void M(SpliceWriter w, PageBuffer<int> B)
            {
                PREPARE _held = B;
                Give(w);
                _held = default;
                MISUSE
            }
            void Give(SpliceWriter w) { var B = _held; GIVE; }
            """,
            false),
        ("loop", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE for (int i = 0; i < 3; i++) { if (i == 2) { GIVE; MISUSE break; } } }", false),
        ("switch", "void M(SpliceWriter w, PageBuffer<int> B, int n) { PREPARE switch (n) { case 1: GIVE; break; default: w.Gift(B); break; } MISUSE }", false),
        ("try and finally", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE try { GIVE; } finally { MISUSE } }", false),
        ("after try", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE try { GIVE; } finally { _sum = 0; } MISUSE }", false),
        ("lambda", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Action give = () => { GIVE; }; give(); MISUSE }", false),
        ("local function", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Give(); MISUSE void Give() { GIVE; } }", false),
        ("async method", "async Task M(SpliceWriter w, PageBuffer<int> B) { PREPARE GIVE; await Task.Yield(); MISUSE }", false),
        ("async helper",
            """
            async Task M(SpliceWriter w, PageBuffer<int> B) { PREPARE await Give(w, B); MISUSE }
            async Task Give(SpliceWriter w, PageBuffer<int> B) { await Task.Yield(); GIVE; }
            """,
            false),
        ("goto", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE goto Give; Done: MISUSE return; Give: GIVE; goto Done; }", false),
    ];

    public static TheoryData<string> Names() => [.. s_variants.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersions_EachReportedOnce(string variant) => Lifetimes.Verify("-", All(variant, (mistake, members)
        => members.Replace("MISUSE", mistake.Misuse, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public Task RightVersions_Silent(string variant) => Lifetimes.Verify("-", All(variant, (mistake, members) =>
    {
        // The same statements, with the use before the hand-over; what is sent twice is sent once.
        string use = mistake.Name == "send-twice" ? "" : Lifetimes.Plain(mistake.Misuse);
        return members.Replace("MISUSE", "", StringComparison.Ordinal).Replace("/*before*/", use, StringComparison.Ordinal);
    }));

    /// <summary>One class for each mistake, all in one source.</summary>
    private static string All(string variant, Func<Mistake, string, string> finish)
    {
        (_, string members, bool possible) = s_variants.Single(one => one.Name == variant);
        return string.Concat(s_mistakes
            // After one of two ways to give it away, the other way's rule may be the one to tell.
            .Where(mistake => variant != "switch" || mistake.Name != "write-frozen")
            .Select((mistake, i) => $$"""
                public class Subject{{i}}
                {
                    private static FrozenPages<int>? _frozen;
                    private int _sum;
                    {{Marked(finish(mistake, Filled(members, mistake)), possible ? "VMS2004" : mistake.Rule)}}
                    public override string ToString() => $"{_sum} {_frozen}";
                }

                """));
    }

    private static string Filled(string members, Mistake mistake)
        => members.Replace("PREPARE", mistake.Prepare + "/*before*/", StringComparison.Ordinal).Replace("GIVE", mistake.Give, StringComparison.Ordinal);

    private static string Marked(string members, string rule)
        => members.Replace("[|", "{|" + rule + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);

    private sealed record Mistake(string Name, string Prepare, string Give, string Misuse, string Rule);
}
