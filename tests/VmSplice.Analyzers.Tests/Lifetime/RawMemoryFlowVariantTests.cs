using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// The flow variants of <see cref="FlowVariantTests"/> for memory that must not be given to the raw call at all: of the
/// stack, and of the garbage collector without a pin that lasts.
/// </summary>
public sealed class RawMemoryFlowVariantTests
{
    /// <summary>Name, what makes the memory at <c>P</c>, wrong and right; what ends it; whether the call or its segments are marked.</summary>
    private static readonly Mistake[] s_mistakes =
    [
        new("stack", "byte* q = stackalloc byte[64]; nint P = (nint)q;", "nint P = Marshal.AllocHGlobal(64);", "", "", false, "VMS2005"),
        new("not pinned", "byte[] a = new byte[64]; nint P = Marshal.UnsafeAddrOfPinnedArrayElement(a, 0);",
            "byte[] a = GC.AllocateArray<byte>(64, pinned: true); nint P = Marshal.UnsafeAddrOfPinnedArrayElement(a, 0);", "", "", false, "VMS2006"),
        new("pin ends", "byte[] a = new byte[64]; GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned); nint P = h.AddrOfPinnedObject();",
            """
            byte[] a = new byte[64];
            GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned);
            nint P = h.AddrOfPinnedObject();
            """,
            "h.Free();", "stream.ReadByte(); h.Free();", true, "VMS2006"),
    ];

    /// <summary>In each <c>MAKE</c> makes the memory, <c>GIVE</c> gives it to the call, <c>PASS(…)</c> to a helper, and <c>END</c> ends it.</summary>
    private static readonly (string Name, string Members)[] s_variants =
    [
        ("straight line", "void M(SafeHandle fd, Stream stream) { MAKE GIVE; END }"),
        ("constant condition", "void M(SafeHandle fd, Stream stream) { MAKE if (true) { GIVE; } if (5 == 5) { END } }"),
        ("constant field", "const bool On = true; void M(SafeHandle fd, Stream stream) { MAKE if (On) { GIVE; } END }"),
        ("static flag",
            """
            static readonly bool s_on = Environment.ProcessId > 0;
            void M(SafeHandle fd, Stream stream)
            {
                MAKE if (s_on) { GIVE; }
                if (s_on) { END }
            }
            """),
        ("unknown condition", "void M(SafeHandle fd, Stream stream, bool c) { MAKE if (c) { GIVE; END } }"),
        ("helper in the same class",
            """
            void M(SafeHandle fd, Stream stream) { MAKE PASS(Give(fd, P)); END }
            void Give(SafeHandle fd, nint at) { RawPipe.VmSplice(fd, [new IoVec(at, 64)]); }
            """),
        ("helper of a helper",
            """
            void M(SafeHandle fd, Stream stream) { MAKE PASS(First(fd, P)); END }
            void First(SafeHandle fd, nint at) => Second(at, fd);
            void Second(nint at, SafeHandle fd) { RawPipe.VmSplice(fd, [new IoVec(at, 64)]); }
            """),
        ("helper in another class",
            """
            void M(SafeHandle fd, Stream stream) { MAKE PASS(Other.Give(fd, P)); END }
            static class Other
            {
                public static void Give(SafeHandle fd, nint at) { RawPipe.VmSplice(fd, [new IoVec(at, 64)]); }
            }
            """),
        ("generic wrapper",
            """
            void M(SafeHandle fd, Stream stream) { MAKE PASS(Generic<string>.Give(fd, P, 3L)); END }
            static class Generic<T>
            {
                public static void Give<U>(SafeHandle fd, nint at, U other)
                {
                    RawPipe.VmSplice(fd, [new IoVec(at, 64)]);
                }
            }
            """),
        ("through a field",
            """
            nint _at;
            public void M(SafeHandle fd, Stream stream) { MAKE _at = P; FIELD; END }
            private void Give(SafeHandle fd) { RawPipe.VmSplice(fd, [new IoVec(_at, 64)]); }
            """),
        ("loop", "void M(SafeHandle fd, Stream stream) { MAKE for (int i = 0; i < 3; i++) { if (i == 2) { GIVE; END break; } } }"),
        ("switch", "void M(SafeHandle fd, Stream stream, int n) { MAKE switch (n) { case 1: GIVE; END break; default: break; } }"),
        ("try and finally", "void M(SafeHandle fd, Stream stream) { MAKE try { GIVE; } finally { END } }"),
        ("after try", "void M(SafeHandle fd, Stream stream) { MAKE try { GIVE; } finally { _sum = 0; } END }"),
        ("lambda", "void M(SafeHandle fd, Stream stream) { MAKE Action give = () => { GIVE; }; give(); END }"),
        ("local function", "void M(SafeHandle fd, Stream stream) { MAKE Give(); END void Give() { GIVE; } }"),
        ("goto", "void M(SafeHandle fd, Stream stream) { MAKE goto Give; Done: END return; Give: GIVE; goto Done; }"),

        // Unsafe code cannot await; it can stand beside one that does.
        ("async method", "async Task M(SafeHandle fd, Stream stream) { await Task.Yield(); unsafe { MAKE GIVE; END } }"),
    ];

    public static TheoryData<string> Names() => [.. s_variants.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersions_EachReportedOnce(string variant) => Lifetimes.Verify("-", All(variant, isWrong: true));

    [Theory]
    [MemberData(nameof(Names))]
    public Task RightVersions_Silent(string variant) => Lifetimes.Verify("-", All(variant, isWrong: false));

    private static string All(string variant, bool isWrong)
    {
        string members = s_variants.Single(one => one.Name == variant).Members;
        return "using System.Runtime.InteropServices;\n" + string.Concat(s_mistakes.Select((mistake, i) => $$"""
            public {{(variant == "async method" ? "" : "unsafe ")}}class Subject{{i}}
            {
                private int _sum;
                {{mistake.In(members, isWrong)}}
                public override string ToString() => $"{_sum}";
            }

            """));
    }

    private sealed record Mistake(string Name, string Wrong, string Right, string End, string RightEnd, bool MarksCall, string Rule)
    {
        private const string Segments = "[new IoVec(P, 64)]";

        public string In(string members, bool isWrong)
        {
            string call = $"RawPipe.VmSplice(fd, {Mark(Segments, isWrong && !MarksCall)})";
            members = members
                .Replace("MAKE", isWrong ? Wrong : Right, StringComparison.Ordinal)
                .Replace("END", isWrong ? End : RightEnd, StringComparison.Ordinal)
                .Replace("GIVE", Mark(call, isWrong && MarksCall), StringComparison.Ordinal)
                .Replace("FIELD", Mark("Give(fd)", isWrong), StringComparison.Ordinal);
            int at = members.IndexOf("PASS(", StringComparison.Ordinal);
            if (at < 0)
            {
                return members;
            }

            int end = members.IndexOf(");", at, StringComparison.Ordinal);
            string pass = members[(at + "PASS(".Length)..end];
            string marked = MarksCall ? Mark(pass, isWrong) : pass.Replace("P", Mark("P", isWrong), StringComparison.Ordinal);
            return members[..at] + marked + members[(end + 1)..];
        }

        private string Mark(string code, bool marked) => marked ? $"{{|{Rule}:{code}|}}" : code;
    }
}
