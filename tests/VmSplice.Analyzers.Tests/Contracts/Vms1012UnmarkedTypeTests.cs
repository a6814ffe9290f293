using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>What a newcomer forgets first. None of the wrong ones compiles, so each is what stands in the build beside the compiler's own error.</summary>
public sealed class Vms1012UnmarkedTypeTests
{
    private const string Id = "VMS1012";

    [Theory]
    [InlineData("struct Tick { public int Id; } class C { void M(SpliceWriter w) => new RecordWriter<[|Tick|]>(w).Dispose(); }")]
    [InlineData("struct Tick { public int Id; } class C { void M(SpliceWriter w) => new RecordBroadcaster<[|Tick|]>([w]).Dispose(); }")]
    [InlineData("struct Tick { public int Id; } class C { void M(SpliceReader r) => new RecordReader<[|Tick|]>(r, new() { LeaveOpen = true }).Dispose(); }")]
    [InlineData(
        """
        struct Tick { public int Id; }
        class C
        {
            void M(SpliceWriter w)
            {
                using RecordWriter<[|Tick|]> ticks = [|Tick|].CreateWriter(w);
                ticks.Complete();
            }
        }
        """)]
    [InlineData("struct Tick { public int Id; } class C { object M(SpliceReader r) => [|Tick|].CreateReader(r); }")]
    [InlineData("partial record struct Tick(int Id); class C { RecordReader<[|Tick|]> _ticks; RecordWriter<[|Tick|]> M() => null; }")]
    [InlineData(
        """
        class Outer { public struct Tick { public int Id; } }
        class C
        {
            object M(SpliceWriter w) => Outer.Tick.CreateWriter(w);
            object N(SpliceWriter w) => new RecordWriter<[|Outer.Tick|]>(w);
        }
        """)]
    [InlineData("class Frame { public byte[] Pixels; } class C { void M(SpliceWriter w) { var frame = [|Frame|].Rent(w); w.Send(frame); } }")]
    [InlineData(
        """
        class Frame { public byte[] Pixels; }
        class C
        {
            object M(SpliceWriter w) => [|Frame|].RentUninitialized(w);
            object N(SpliceReader r) => [|Frame|].Receive(r);
            object O(SpliceReader r) => [|Frame|].TryReceive(r);
        }
        """)]
    [InlineData("partial class Frame { [Segment(Length = 4)] public partial Span<int> Numbers { get; } } class C { object M() => [|Frame|].Allocate(); }")]
    [InlineData(
        """
        class C
        {
            object M(SpliceWriter w) => new RecordWriter<[|int|]>(w);
            object N(SpliceReader r) => new RecordReader<[|DayOfWeek|]>(r);
            object O(SpliceReader r) => new RecordReader<[|Guid|]>(r);
        }
        """)]
    [InlineData("class Tick { public int Id; } class C { object M(SpliceWriter w) => new RecordWriter<[|Tick|]>(w); }")]
    [InlineData("using Ticks = VmSplice.RecordWriter<[|Tick|]>; struct Tick { public int Id; } class C { object M(SpliceWriter w) => new Ticks(w); }")]
    [InlineData(
        """
        struct Tick { public int Id; }
        class C
        {
            void M(System.IO.Pipelines.PipeWriter w, System.Buffers.ReadOnlySequence<byte> s)
            {
                object e = typeof(RecordEncoder<[|Tick|]>);
                object d = typeof(RecordDecoder<[|Tick|]>);
            }
        }
        """)]
    public Task UnmarkedTypeUsed_Reported(string source) => VerifyAsync(source.Replace("=> Outer.Tick.", "=> [|Outer.Tick|].", StringComparison.Ordinal));

    [Theory]
    [InlineData(
        """
        [Spliceable] public partial struct Tick { public int Id; }
        class C
        {
            object M(SpliceWriter w) => new RecordWriter<Tick>(w);
            object N(SpliceReader r) => Tick.CreateReader(r);
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class Frame { [Segment] public partial ref int Id { get; } }
        class C { void M(SpliceWriter w) => w.Send(Frame.Rent(w)); void N() => Frame.Allocate().Dispose(); }
        """)]
    [InlineData(
        """
        class C<T> where T : unmanaged, ISpliceable<T>
        {
            RecordWriter<T> M(SpliceWriter w) => new RecordWriter<T>(w);
            RecordReader<T> N(SpliceReader r) => new(r);
        }
        """)]
    [InlineData(
        """
        class Pool { public static object Rent(SpliceWriter w) => w; }
        static class Extensions { extension(Pool) { public static object Receive(SpliceReader r) => r; } }
        class C { object M(SpliceWriter w) => Pool.Rent(w); object N(SpliceReader r) => Pool.Receive(r); }
        """)]
    [InlineData(
        """
        class RecordWriter<T>;
        struct Tick;
        class C
        {
            object M() => new RecordWriter<Tick>();
            object N() => new System.Collections.Generic.List<Tick>();
        }
        """)]
    [InlineData(
        """
        /// <summary>See <see cref="RecordWriter{Tick}"/>.</summary>
        struct Tick { public int Id; } class C { System.Type M() => typeof(RecordWriter<>); }
        """)]
    [InlineData(
        """
        [Spliceable] public partial struct Tick { public int Id; }
        class C
        {
            Tick Tick { get; set; }
            object M(SpliceWriter w) => Tick.CreateWriter(w);
        }
        """)]
    public Task MarkedOrNoRecord_NotReported(string source) => AnalyzerTest.VerifyAsync<UnmarkedTypeAnalyzer>(source);

    /// <summary>What the compiler says alone, or another rule says better.</summary>
    [Theory]
    [InlineData("class Pool { } class C { object M() => Pool.Allocate(); object N(int length) => Pool.Rent(length); }")]
    [InlineData(
        """
        [Spliceable] struct Tick { public int Id; }
        class C
        {
            object M(SpliceWriter w) => new RecordWriter<Tick>(w);
            object N(SpliceWriter w) => Tick.CreateWriter(w);
        }
        """)]
    [InlineData("class C { object M(SpliceWriter w) => new RecordWriter<Missing>(w); object N(SpliceWriter w) => Missing.CreateWriter(w); }")]
    [InlineData("class C<T> { object M(SpliceWriter w) => new RecordWriter<T>(w); }")]
    [InlineData("struct Tick { static int CreateWriter; } class C { object M(SpliceWriter w) => Tick.CreateWriter(w); }")]
    public Task AnotherMistake_NotReported(string source)
        => AnalyzerTest.VerifyAsync<UnmarkedTypeAnalyzer>(source, new AnalyzerTestOptions { AllowCompilerErrors = true });

    [Theory]
    [InlineData(
        """
        struct Tick { public int Id; }
        class C { object M(SpliceWriter w) => new RecordWriter<[|Tick|]>(w); }
        """,
        "'Tick' is not marked [Spliceable]; write [Spliceable] above its declaration, and make it partial")]
    [InlineData(
        """
        partial struct Tick { public int Id; }
        class C { object M(SpliceWriter w) => new RecordWriter<[|Tick|]>(w); }
        """,
        "'Tick' is not marked [Spliceable]; write [Spliceable] above its declaration")]
    [InlineData(
        """
        class Frame { }
        class C { object M(SpliceWriter w) => [|Frame|].Rent(w); }
        """,
        "'Frame' is not marked [Spliceable]; write [Spliceable] above its declaration, and make it partial")]
    [InlineData(
        """
        class Tick { public int Id; }
        class C { object M(SpliceWriter w) => new RecordWriter<[|Tick|]>(w); }
        """,
        "'Tick' is a class, and a record is a struct; make it a partial struct and mark it [Spliceable]")]
    [InlineData(
        """
        class C { object M(SpliceWriter w) => new RecordWriter<[|long|]>(w); }
        """,
        "'long' cannot be marked [Spliceable] here, so it is no record; declare a partial struct that holds it, and mark that [Spliceable]")]
    public async Task UnmarkedType_MessageSaysTheWayOut(string source, string message) => Assert.Equal(message, (await VerifyAsync(source)).Message);

    private static Task<AnalyzerResult> VerifyAsync(string source)
        => AnalyzerTest.VerifyAsync<UnmarkedTypeAnalyzer>(source, new AnalyzerTestOptions { Id = Id, AllowCompilerErrors = true });
}
