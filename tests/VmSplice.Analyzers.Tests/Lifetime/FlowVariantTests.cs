using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// The flow variants of the Juliet suite's scheme, applied to each mistake: one table of mistakes, one of variants,
/// and each pair in a wrong and a right version.
/// </summary>
public sealed class FlowVariantTests
{
    /// <summary>Name, what prepares, what gives the buffer away, what is then wrong, and its rule.</summary>
    private static readonly (string Name, string Prepare, string Give, string Misuse, string Rule)[] Mistakes =
    [
        ("write", "", "w.Send(B)", "[|B.Span[0]|] = 1;", "VMS2001"),
        ("write-after-gift", "", "w.Gift(B)", "[|B[0]|] += 2;", "VMS2001"),
        ("write-through-memory", "var m = B.Memory;", "w.Send(B)", "[|m.Span[0]|] = 1;", "VMS2001"),
        ("fill-through-memory", "var m = B.Memory.Slice(1);", "w.Send(B)", "[|m.Span.Fill(1)|];", "VMS2001"),
        ("read", "", "w.Send(B)", "_sum = [|B.Span[0]|];", "VMS2002"),
        ("length", "", "w.Gift(B)", "_sum = [|B.Length|];", "VMS2002"),
        ("send-twice", "", "w.Send(B)", "w.Send([|B|]);", "VMS2008"),
        ("write-frozen", "var m = B.Memory;", "_frozen = B.Freeze()", "[|m.Span[0]|] = 1;", "VMS2012"),
    ];

    /// <summary>In each the buffer is a parameter or field <c>B</c>; <c>PREPARE</c>, <c>GIVE</c> and <c>MISUSE</c> are filled in.</summary>
    private static readonly (string Name, string Members, bool Possible)[] Variants =
    [
        ("straight line", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE GIVE; MISUSE }", false),
        ("constant condition", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE if (true) { GIVE; } if (5 == 5) { MISUSE } }", false),
        ("constant field", "const bool On = true; void M(SpliceWriter w, PageBuffer<int> B) { PREPARE if (On) { GIVE; } MISUSE }", false),
        ("static flag", "static readonly bool s_on = Environment.ProcessId > 0; void M(SpliceWriter w, PageBuffer<int> B) { PREPARE if (s_on) { GIVE; } if (s_on) { MISUSE } }", false),
        ("unknown condition", "void M(SpliceWriter w, PageBuffer<int> B, bool c) { PREPARE if (c) { GIVE; } MISUSE }", true),
        ("helper in the same class", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Give(w, B); MISUSE } void Give(SpliceWriter w, PageBuffer<int> B) { GIVE; }", false),
        ("helper of a helper", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE First(w, B); MISUSE } void First(SpliceWriter w, PageBuffer<int> B) => Second(B, w); void Second(PageBuffer<int> B, SpliceWriter w) { GIVE; }", false),
        ("helper in another class", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Other.Give(w, B); MISUSE } static class Other { public static void Give(SpliceWriter w, PageBuffer<int> B) { GIVE; } }", false),
        ("loop", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE for (int i = 0; i < 3; i++) { if (i == 2) { GIVE; MISUSE break; } } }", false),
        ("switch", "void M(SpliceWriter w, PageBuffer<int> B, int n) { PREPARE switch (n) { case 1: GIVE; break; default: w.Gift(B); break; } MISUSE }", false),
        ("try and finally", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE try { GIVE; } finally { MISUSE } }", false),
        ("after try", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE try { GIVE; } finally { _sum = 0; } MISUSE }", false),
        ("lambda", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Action give = () => { GIVE; }; give(); MISUSE }", false),
        ("local function", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE Give(); MISUSE void Give() { GIVE; } }", false),
        ("async method", "async Task M(SpliceWriter w, PageBuffer<int> B) { PREPARE GIVE; await Task.Yield(); MISUSE }", false),
        ("async helper", "async Task M(SpliceWriter w, PageBuffer<int> B) { PREPARE await Give(w, B); MISUSE } async Task Give(SpliceWriter w, PageBuffer<int> B) { await Task.Yield(); GIVE; }", false),
        ("goto", "void M(SpliceWriter w, PageBuffer<int> B) { PREPARE goto Give; Done: MISUSE return; Give: GIVE; goto Done; }", false),
    ];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach ((string variant, _, _) in Variants)
        {
            foreach ((string mistake, _, _, _, _) in Mistakes)
            {
                // After one of two ways to give it away, the other way's rule may be the one to tell.
                if (variant != "switch" || mistake is not "write-frozen")
                {
                    pairs.Add(variant, mistake);
                }
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task WrongVersion_Reported(string variant, string mistake)
    {
        (string members, string misuse, string rule) = Fill(variant, mistake);
        return Lifetimes.Verify(rule, Class(members.Replace("MISUSE", misuse, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task RightVersion_Silent(string variant, string mistake)
    {
        // The same statements with the use before the hand-over, or with the hand-over of another buffer.
        (string members, string misuse, string rule) = Fill(variant, mistake);
        string use = mistake == "send-twice" ? "" : Markup.Parse(misuse, rule).Text;
        string prepare = members.Contains("PREPARE", StringComparison.Ordinal) ? "PREPARE" : "";
        _ = prepare;
        return Lifetimes.Verify(rule, Class(members.Replace("MISUSE", "", StringComparison.Ordinal).Replace("/*before*/", use, StringComparison.Ordinal)));
    }

    private static (string Members, string Misuse, string Rule) Fill(string variant, string mistake)
    {
        (_, string members, bool possible) = Variants.Single(one => one.Name == variant);
        (_, string prepare, string give, string misuse, string rule) = Mistakes.Single(one => one.Name == mistake);
        members = members
            .Replace("PREPARE", prepare + "/*before*/", StringComparison.Ordinal)
            .Replace("GIVE", give, StringComparison.Ordinal);
        return (members, misuse, possible ? "VMS2004" : rule);
    }

    private static string Class(string members) => $$"""
        public class Subject
        {
            private static FrozenPages<int>? _frozen;
            private int _sum;
            {{members}}
            public override string ToString() => $"{_sum} {_frozen}";
        }
        """;
}
