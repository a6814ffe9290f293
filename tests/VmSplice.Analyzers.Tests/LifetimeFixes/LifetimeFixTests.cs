using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.LifetimeFixes;

/// <summary>The fixes of VMS2005, VMS2006, VMS2009 and VMS2013, one at a time and all at once.</summary>
public sealed class LifetimeFixTests
{
    [Theory]
    [InlineData("var r = w.Rent<int>(8); r[0] = 1;", "using var r = w.Rent<int>(8); r[0] = 1;")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) w.Send(r);", "using var r = w.Rent<int>(8); if (n > 3) w.Send(r);")]
    [InlineData(
        "PageBuffer<int> r = w.Rent<int>(8); var s = PageBuffer<int>.Allocate(8); r.Span.CopyTo(s.Span);",
        "using PageBuffer<int> r = w.Rent<int>(8); using var s = PageBuffer<int>.Allocate(8); r.Span.CopyTo(s.Span);")]
    [InlineData(
        "for (int i = 0; i < n; i++) { var r = w.Rent<int>(8); if (i == 3) continue; w.Send(r); }",
        "for (int i = 0; i < n; i++) { using var r = w.Rent<int>(8); if (i == 3) continue; w.Send(r); }")]
    public Task Leaked_IsDeclaredWithUsing(string body, string expected) => VerifyAsync<UsingFix>(body, expected);

    [Theory]
    [InlineData("w.Rent<int>(8).Span.Clear();")]
    [InlineData("var r = w.Rent<int>(8); r = w.Rent<int>(4); w.Send(r);")]
    [InlineData("switch (n) { case 1: var r = w.Rent<int>(8); r[0] = 1; break; }")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) _held = r;")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) { Func<int> f = () => r.Length; _ = f(); }")]
    public Task KeptOrReplaced_UsingIsNotOffered(string body) => NotOfferedAsync<UsingFix>(body);

    [Theory]
    [InlineData("w.Send(_held);", "w.Send(_held);\n        _held = default;")]
    [InlineData("if (c) w.Send(_held);", "if (c)\n        {\n            w.Send(_held);\n            _held = default;\n        }")]
    [InlineData("w.Gift(this._held);\n        w.Send(Auto);", "w.Gift(this._held);\n        _held = default;\n        w.Send(Auto);\n        Auto = default;")]
    [InlineData("w.Send(h.Buffer);", "w.Send(h.Buffer);\n        h.Buffer = default;")]
    [InlineData("_held = b;\n        w.Send(b);", "_held = b;\n        w.Send(b);\n        _held = default;")]
    [InlineData("switch (n) { case 1: w.Send(_held); break; }", "switch (n) { case 1: w.Send(_held); _held = default; break; }")]
    public Task StaysReachable_IsSetToDefault(string body, string expected) => VerifyAsync<ReplaceHolderFix>(body, expected);

    [Theory]
    [InlineData("_list.Add(b); w.Send(b);")]
    [InlineData("Changed += () => Console.WriteLine(b.Length); w.Send(b);")]
    public Task HeldElsewhere_DefaultIsNotOffered(string body) => NotOfferedAsync<ReplaceHolderFix>(body);

    [Theory]
    [InlineData(
        "byte* p = stackalloc byte[64]; p[0] = 1; _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);",
        "PageBuffer<byte> pPages = PageBuffer<byte>.Allocate(64); pPages.Span.Clear(); byte* p = (byte*)pPages.Address; p[0] = 1; _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);")]
    [InlineData(
        "int* p = stackalloc int[n]; int* q = stackalloc int[2]; _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); _ = RawPipe.VmSplice(fd, [new IoVec(q, 8)]);",
        "PageBuffer<int> pPages = PageBuffer<int>.Allocate(n); pPages.Span.Clear(); int* p = (int*)pPages.Address; PageBuffer<int> qPages = PageBuffer<int>.Allocate(2); qPages.Span.Clear(); int* q = (int*)qPages.Address; _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); _ = RawPipe.VmSplice(fd, [new IoVec(q, 8)]);")]
    [InlineData(
        "Span<byte> s = stackalloc byte[64]; fixed (byte* p = s) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }",
        "PageBuffer<byte> sPages = PageBuffer<byte>.Allocate(64); sPages.Span.Clear(); Span<byte> s = sPages.Span; fixed (byte* p = s) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    public Task StackMemory_BecomesPages(string body, string expected) => VerifyAsync<AllocatePagesFix>(body, expected);

    [Theory]
    [InlineData("long x = 3; _ = RawPipe.VmSplice(fd, [new IoVec(&x, 8)]);")]
    [InlineData("byte* p = stackalloc byte[] { 1, 2, 3 }; _ = RawPipe.VmSplice(fd, [new IoVec(p, 3)]);")]
    public Task OtherStackMemory_IsNotOffered(string body) => NotOfferedAsync<AllocatePagesFix>(body);

    [Theory]
    [InlineData(
        "var a = new byte[64]; a[1] = (byte)a.Length; fixed (byte* p = a) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }",
        "PageBuffer<byte> a = PageBuffer<byte>.Allocate(64); a.Span.Clear(); a[1] = (byte)a.Length; fixed (byte* p = a.Span) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    [InlineData(
        "byte[] a = new byte[n]; fixed (byte* p = &a[8]) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 8)]); }\n        int[] d = new int[4]; fixed (int* p = d) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 8)]); }",
        "PageBuffer<byte> a = PageBuffer<byte>.Allocate(n); a.Span.Clear(); fixed (byte* p = &a[8]) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 8)]); }\n        PageBuffer<int> d = PageBuffer<int>.Allocate(4); d.Span.Clear(); fixed (int* p = d.Span) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 8)]); }")]
    public Task LocalArray_BecomesPages(string body, string expected) => VerifyAsync<PinnedMemoryFix>(body, expected);

    [Theory]
    [InlineData("var a = new byte[64]; stream.Write(a); fixed (byte* p = a) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    [InlineData("var a = System.Buffers.ArrayPool<byte>.Shared.Rent(64); fixed (byte* p = a) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    [InlineData("fixed (byte* p = _array) { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    public Task ArrayUsedAsArray_IsNotOffered(string body) => NotOfferedAsync<PinnedMemoryFix>(body);

    private static CodeFixTestOptions Options { get; } = new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = false } };

    private static Task VerifyAsync<TFix>(string body, string expected)
        where TFix : CodeFixProvider, new()
        => CodeFixTest.VerifyAsync<LifetimeAnalyzer, TFix>(Subject(body), Subject(expected), Options);

    private static Task NotOfferedAsync<TFix>(string body)
        where TFix : CodeFixProvider, new()
        => CodeFixTest.VerifyNotOfferedAsync<LifetimeAnalyzer, TFix>(Subject(body), Options);

    private static string Subject(string body) => $$"""
        using System.Runtime.InteropServices;

        public class Holder { public PageBuffer<int> Buffer; }

        public unsafe class Subject
        {
            private readonly List<PageBuffer<int>> _list = [];
            private PageBuffer<int> _held;
            public PageBuffer<int> Auto { get; set; }
            public event Action? Changed;
            public int Count { get { Changed?.Invoke(); return _list.Count + _held.Length; } }
            private readonly byte[] _array = new byte[64];
            public void M(SpliceWriter w, PageBuffer<int> b, bool c, int n, Stream stream, Holder h, SafeHandle fd)
            {
                {{body}}
            }
        }
        """;
}
