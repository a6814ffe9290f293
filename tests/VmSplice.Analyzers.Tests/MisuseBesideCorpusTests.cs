using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests;

/// <summary>The misuse beside each kind of correct program of the corpus: what makes the one silent must not hide the other.</summary>
public sealed class MisuseBesideCorpusTests
{
    /// <summary>Programs with the rule that is broken at the end of the line.</summary>
    private static readonly Dictionary<string, string> s_programs = new(StringComparer.Ordinal)
    {
        ["ReceivedIntoSentPages"] = """
            static class C
            {
                static unsafe void M(SplicePipe p, SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(64);
                    nint a = b.Address;
                    w.Send(b);
                    nint n = RawPipe.VmSplice(p.ReadHandle, new IoVec(a, 64), SpliceFlags.None); //~VMS2001
                    if (n != 64)
                        throw new IOException();
                }
            }
            """,
        ["StackSentThroughWriteEnd"] = """
            static class C
            {
                static unsafe void M(SplicePipe p)
                {
                    long v = 1;
                    nint n = RawPipe.VmSplice(p.WriteHandle, new IoVec(&v, 8), SpliceFlags.None); //~VMS2005
                    if (n != 8)
                        throw new IOException();
                }
            }
            """,
        ["SentAfterConstructorConsumed"] = """
            sealed class Packet : IDisposable
            {
                private PageBuffer<byte> _b;
                public Packet([Consumes] PageBuffer<byte> b) => _b = b;
                public void Dispose() => _b.Dispose();
            }

            static class C
            {
                static void M(SpliceWriter w)
                {
                    var b = w.Rent<byte>(64);
                    using var packet = new Packet(b);
                    w.Send(b); //~VMS2008
                }
            }
            """,
        ["WrittenAfterObjectSentIt"] = """
            sealed class Packet
            {
                public PageBuffer<byte> B;
                public Packet([Consumes] PageBuffer<byte> b) => B = b;
            }

            static class C
            {
                static void M(SpliceWriter w)
                {
                    var packet = new Packet(w.Rent<byte>(64));
                    w.Send(packet.B);
                    packet.B.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["WrittenWhereTheCallSucceeded"] = """
            static class C
            {
                static unsafe void M(SafeHandle pipe, byte* p)
                {
                    nint n = RawPipe.VmSplice(pipe, new IoVec(p, 4096), SpliceFlags.NonBlocking);
                    if (n is 0)
                    {
                        return;
                    }

                    if (n is not 4096)
                        throw new IOException();
                    p[0] = 1; //~VMS2001
                }
            }
            """,
        ["WrittenThroughNullable"] = """
            static class C
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int>? b = w.Rent<int>(64);
                    w.Send(b.Value);
                    b.Value.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ReadAfterIndexSentIt"] = """
            static class C
            {
                static int Ship(SpliceWriter w, PageBuffer<int> b)
                {
                    w.Send(b);
                    return 1;
                }

                static void M(SpliceWriter w, int[] table)
                {
                    PageBuffer<int> buffer = w.Rent<int>(4);
                    table[Ship(w, buffer) & 7] = buffer[0]; //~VMS2002
                }
            }
            """,
        ["WrittenBehindSingleRound"] = """
            static class C
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> d = w.Rent<int>(4);
                    for (int j = 0; j < 1; j++)
                    {
                        w.Send(d);
                    }

                    d[0] = 1; //~VMS2001
                }
            }
            """,
        ["SentInSecondRound"] = """
            static class C
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> d = w.Rent<int>(4);
                    for (int j = 0; j < 2; j++)
                    {
                        w.Send(d); //~VMS2008
                    }
                }
            }
            """,
        ["WrittenUnderTheSameFlag"] = """
            static class C
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    bool big = n > 3;
                    if (big)
                    {
                        w.Send(b);
                    }

                    if (big)
                    {
                        b[0] = 1; //~VMS2001
                    }

                    b.Dispose();
                }
            }
            """,
        ["WrittenAfterFlagChanged"] = """
            static class C
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    bool big = n > 3;
                    if (big)
                    {
                        w.Send(b);
                    }

                    big = n > 5;
                    if (!big)
                    {
                        b[0] = 1; //~VMS2004
                    }

                    b.Dispose();
                }
            }
            """,
        ["WrittenBesideThrowHelper"] = """
            static class C
            {
                static void Fail() => throw new IOException();
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    if (n > 3)
                    {
                        Fail();
                    }

                    w.Send(b);
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["WrittenBeforeVariableMovedOn"] = """
            static class C
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> a = w.Rent<int>(64);
                    PageBuffer<int> b = w.Rent<int>(64);
                    for (int i = 0; i < n; i++)
                    {
                        w.Send(a);
                        a[0] = i; //~VMS2004
                        a = b;
                        b = w.Rent<int>(64);
                    }

                    a.Dispose();
                    b.Dispose();
                }
            }
            """,
        ["WrittenAfterTakenBufferWasSent"] = """
            sealed class Pool
            {
                PageBuffer<int> _b;
                PageBuffer<int> Take()
                {
                    var b = _b;
                    _b = default;
                    return b;
                }

                public void Fill(SpliceWriter w)
                {
                    _b = w.Rent<int>(4);
                }

                public void Flush(SpliceWriter w)
                {
                    PageBuffer<int> b = Take();
                    w.Send(b);
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["LeftBehindWhereThereIsOne"] = """
            static class C
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> b = default;
                    if (n > 0)
                        b = w.Rent<int>(n); //~VMS2013
                    if (b.Length == 0)
                        w.Send(b);
                }
            }
            """,
        ["BoundBeyondIovMax"] = """
            static class C
            {
                static nint M(SafeHandle pipe, IoVec[] parts)
                {
                    if (parts.Length is> 4096)
                        throw new ArgumentException("x");
                    return 1 + RawPipe.VmSplice(pipe, parts); //~VMS3004
                }
            }
            """,
        ["ConsumedAndLeftBehind"] = """
            static class C
            {
                static void A(SpliceWriter w, [Consumes] PageBuffer<int>? b) //~VMS2011
                {
                    if (b is null)
                    {
                        return;
                    }

                    b.Value.Span[0] = 1;
                }
            }
            """,
        ["DataOfSegmentsFreed"] = """
            static unsafe class C
            {
                struct iovec
                {
                    public void* b;
                    public nuint l;
                }

                [DllImport("libc")]
                static extern nint vmsplice(int fd, iovec* v, nuint n, uint f);
                static void M(int fd)
                {
                    iovec[] v = new iovec[1];
                    void* d = NativeMemory.Alloc(4096);
                    v[0].b = d;
                    v[0].l = 4096;
                    fixed (iovec* q = v)
                    {
                        if (vmsplice(fd, q, 1, 0) != 4096)
                            throw new IOException();
                    }

                    NativeMemory.Free(d); //~VMS2007
                }
            }
            """,
        ["SentWhileReceived"] = """
            static class C
            {
                static async Task M(SpliceReader r, SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(64);
                    ValueTask<int> reading = r.ReadAsync(b);
                    w.Send(b); //~VMS2004
                    await reading;
                }
            }
            """,
    };

    public static TheoryData<string> Names => [.. s_programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Misuse_ReportedOnItsLine(string name)
    {
        string source = "using System.Runtime.InteropServices;\n" + s_programs[name];
        Compilation compilation = TestCompilation.Create(source, AnalyzerTestOptions.Default);
        TestCompilation.AssertNoErrors(compilation, "The program");
        ImmutableArray<Diagnostic> all = await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, PackageAnalyzers.All);
        string[] lines = source.Split('\n');
        string[] expected =
            [.. lines.Where(line => line.Contains("//~", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf("//~", StringComparison.Ordinal) + 3)..].Trim())];
        string[] reported = [.. all.Where(one => one.Severity >= DiagnosticSeverity.Warning)
            .Select(one => lines[one.Location.GetLineSpan().StartLinePosition.Line].Contains("//~" + one.Id, StringComparison.Ordinal)
                ? one.Id : one.ToString())];
        Assert.Equal(expected, reported);
    }
}
