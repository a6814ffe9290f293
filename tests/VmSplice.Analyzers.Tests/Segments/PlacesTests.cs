using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>The analysis runs wherever code can stand, and knows nothing of what others may have written.</summary>
public sealed class PlacesTests
{
    private const string Gift = "RawPipe.VmSplice(s_pipe, new IoVec(s_at, [|100|]), SpliceFlags.Gift)";

    [Theory]
    [InlineData($"nint P => {Gift};")]
    [InlineData($"nint P {{ get {{ return {Gift}; }} set {{ }} }}")]
    [InlineData($"nint P {{ get; }} = {Gift};")]
    [InlineData($"static readonly nint s_sent = {Gift};")]
    [InlineData($"C() {{ _ = {Gift}; }}")]
    [InlineData($"C(int x) => _ = {Gift};")]
    [InlineData($"static C() {{ _ = {Gift}; }}")]
    [InlineData($"nint this[int i] => {Gift};")]
    [InlineData($"void N() {{ Func<nint> f = () => {Gift}; f(); }}")]
    [InlineData($"void N() {{ nint F() => {Gift}; F(); }}")]
    [InlineData($"void N() {{ void F() {{ Func<nint> g = () => {Gift}; g(); }} F(); }}")]
    [InlineData($"void N() {{ try {{ s_at++; }} catch (IOException) {{ _ = {Gift}; }} finally {{ s_at--; }} }}")]
    [InlineData($"void N() {{ try {{ s_at++; }} finally {{ _ = {Gift}; }} }}")]
    [InlineData($"IEnumerable<nint> N() {{ yield return {Gift}; }}")]
    [InlineData($"public static nint operator +(C c, C d) => {Gift};")]
    [InlineData($"event Action E {{ add {{ _ = {Gift}; }} remove {{ }} }}")]
    public async Task AnyMember_IsAnalysed(string member)
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3002", "", "static SafePipeHandle s_pipe = null!; static nint s_at; " + member);

    [Fact]
    public async Task TopLevelStatements_AreAnalysed()
        => await AnalyzerTest.VerifyAsync<SegmentAnalyzer>(
            """
            using var pipe = SplicePipe.Create();
            using var writer = pipe.OpenWriter();
            var b = writer.Rent<byte>(7);
            writer.Gift([|b|]);
            """,
            RawSource.Only("VMS3002"));

    [Theory]
    [InlineData("nuint n = 100; Change(ref n); _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift); static void Change(ref nuint x) => x = 65536;")]
    [InlineData("nuint n = 100; Interlocked.Exchange(ref n, 65536); _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift);")]
    [InlineData("nuint n = 100; Action change = () => n = 65536; change(); _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift);")]
    [InlineData("nuint n = 100; nuint* q = &n; *q = 65536; _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift);")]
    [InlineData("nuint n = 100; ref nuint r = ref n; r = 65536; _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift);")]
    [InlineData("nuint n = 100; (n, var m) = ((nuint)65536, 5); _ = RawPipe.VmSplice(pipe, new IoVec(p, n), SpliceFlags.Gift);")]
    [InlineData(
        """
        Span<IoVec> v = [new IoVec(p, 100)];
        Change(v);
        _ = RawPipe.VmSplice(pipe, v, SpliceFlags.Gift);
        static void Change(Span<IoVec> x) => x[0] = default;
        """)]
    [InlineData(
        """
        Span<IoVec> v = stackalloc IoVec[2];
        v[0] = new IoVec(p, 100);
        for (int i = 0; i < 2; i++) v[i] = new IoVec(p, 65536);
        _ = RawPipe.VmSplice(pipe, v, SpliceFlags.Gift);
        """)]
    [InlineData("Span<IoVec> v = [new IoVec(p, 100)]; v.Clear(); _ = RawPipe.VmSplice(pipe, v, SpliceFlags.Gift);")]
    [InlineData(
        """
        iovec v = new() { iov_base = p, iov_len = 100 };
        Change(&v);
        _ = Libc.vmsplice(fd, &v, 1, 8);
        static void Change(iovec* x) => x->iov_len = 65536;
        """)]
    [InlineData("var b = writer.Rent<byte>(1000); if (fd > 3) b = writer.Rent<byte>(65536); writer.Gift(b);")]
    [InlineData("var b = writer.Rent<byte>(1000); b = Other(b); writer.Gift(b); static PageBuffer<byte> Other(PageBuffer<byte> x) => x;")]
    public async Task WrittenElsewhere_IsSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3002", body);

    [Fact]
    public async Task LongMethod_EndsWithinSeconds()
    {
        string body = string.Join('\n', Enumerable.Range(0, 600).Select(i => $$"""
            nuint l{{i}} = (nuint)(fd + {{i}});
            nint n{{i}} = RawPipe.VmSplice(pipe, new IoVec(p + {{i}}, l{{i}}), SpliceFlags.None);
            if (n{{i}} != (nint)l{{i}})
                throw new IOException();
            """));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await AnalyzerTest.VerifyAsync(RawSource.Method(body), RawSource.Options, new SegmentAnalyzer(), new VmSplice.Analyzers.Usage.RawResultAnalyzer());
        // Compiling included, on a busy machine; what is quadratic takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }
}
