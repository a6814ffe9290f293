namespace VmSplice.Analyzers.Tests.Lifetime;

internal static partial class CorrectUsages
{
    /// <summary>Buffers that go from method to method.</summary>
    private static readonly (string Name, string Source)[] s_methods =
    [
        ("helper that fills", """
            class P
            {
                static void Run(SpliceWriter w) { using var b = w.Rent<int>(16); Fill(b.Span, 3); FillAll(b); w.Send(b); }
                static void Fill(Span<int> span, int value) { foreach (ref int x in span) { x = value; } }
                static void FillAll(PageBuffer<int> b) => Fill(b.Span, b.Length);
            }
            """),
        ("helper that sends", """
            class P
            {
                static void Run(SpliceWriter w) { var b = w.Rent<int>(16); b[0] = 1; Ship(w, b); }
                static void Ship<T>(SpliceWriter w, [Consumes] PageBuffer<T> b) where T : unmanaged { Log(b.Length); w.Send(b); }
                static void Log(int n) => Console.WriteLine(n);
            }
            """),
        ("factory", """
            class P
            {
                static PageBuffer<int> Numbers(SpliceWriter w, int n) { var b = w.Rent<int>(n); for (int i = 0; i < n; i++) { b[i] = i; } return b; }
                static void Run(SpliceWriter w) { w.Send(Numbers(w, 3)); var b = Numbers(w, 4); b.Span.Reverse(); w.Send(b); }
            }
            """),
        ("try pattern", """
            class P
            {
                static bool TryRent(SpliceWriter w, int n, out PageBuffer<int> b)
                {
                    if (n > 100) { b = default; return false; }
                    b = w.Rent<int>(n);
                    return true;
                }
                static void Run(SpliceWriter w) { if (TryRent(w, 3, out var b)) { b[0] = 1; w.Send(b); } }
            }
            """),
        ("tuple result", """
            class P
            {
                static (PageBuffer<int> Buffer, int Count) Make(SpliceWriter w) { var b = w.Rent<int>(3); b[0] = 1; return (b, 1); }
                static void Run(SpliceWriter w) { var (b, count) = Make(w); b[1] = 2; w.Send(b, count); }
            }
            """),
        ("iterator of buffers", """
            class P
            {
                static IEnumerable<PageBuffer<int>> Make(SpliceWriter w) { for (int i = 0; i < 3; i++) { var b = w.Rent<int>(4); b[0] = i; yield return b; } }
                static void Run(SpliceWriter w) { foreach (var b in Make(w)) { b[1] = 1; w.Send(b); } }
            }
            """),
        ("linq over lengths",
            """
            class P
            {
                static void Run(SpliceWriter w, PageBuffer<int> b)
                {
                    int n = Enumerable.Range(0, 3).Sum(i => b[i]);
                    b[0] = n;
                    w.Send(b);
                }
            }
            """),
        ("local function that fills", """
            class P
            {
                static void Run(SpliceWriter w)
                {
                    var b = w.Rent<int>(8);
                    int at = 0;
                    Put(1);
                    Put(2);
                    w.Send(b);
                    void Put(int x) { b[at++] = x; }
                }
            }
            """),
    ];
}
