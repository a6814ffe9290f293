using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Pipeline;

/// <summary>What each step of the pipeline does after an edit: nothing, unless the edit is one to the record.</summary>
public sealed class IncrementalityTests
{
    private const string Records = """
        namespace Demo;
        public enum Side : byte { Buy, Sell }
        [VmSplice.Spliceable] public partial struct Tick { public long Time; }
        [VmSplice.Spliceable] public partial struct Order { public Side Side; public bool Open; }
        [VmSplice.Spliceable] public partial class Frame
        {
            [VmSplice.Segment] public partial ref Tick Head { get; }
            [VmSplice.Segment(Length = 4)] public partial System.Span<int> Row { get; }
        }
        [VmSplice.Spliceable] public partial class Other { [VmSplice.Segment(MaxLength = 4)] public partial System.Span<Side> Row { get; } }
        """;

    private const string Wrong = """
        namespace Demo;
        [VmSplice.Spliceable] public partial struct Tick { public byte Tag; public long Time; }
        [VmSplice.Spliceable] public partial struct Order { public byte Tag; public int Id; }
        [VmSplice.Spliceable] public partial class Frame
        {
            [VmSplice.Segment] public partial ref Tick Head { get; }
            [VmSplice.Segment] public partial System.Span<int> Row { get; }
        }
        [VmSplice.Spliceable] public partial class Book { [VmSplice.Segment] public partial int Row { get; } }
        public partial class One { [VmSplice.Segment] public partial int Row { get; } }
        public partial class Two { [VmSplice.Segment] public partial int Row { get; } }
        """;

    private const string Other = "namespace Demo; public static class Program { public static int Main() => 1; }";

    [Fact]
    public void UnrelatedEdit_EveryStepCachedOrUnchanged()
        => AssertReasons(
            EditOther("namespace Demo; public static class Program { public static int Main() => 2; }"),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged);

    [Fact]
    public void UnrelatedFileAdded_EveryStepCachedOrUnchanged()
    {
        Edited edited = Edit(compilation => compilation.AddSyntaxTrees(Parse("public struct Another { public int Id; }", "/test/new.cs")));
        AssertReasons(edited, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void CommentInRecordsFile_EveryStepCachedOrUnchanged()
        => AssertReasons(
            EditRecords("// a comment\n" + Records),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged);

    [Fact]
    public void MethodAddedToRecord_EveryStepCachedOrUnchanged()
        => AssertReasons(
            EditRecords(Records.Replace("public long Time;", "public long Time; public readonly long Twice() => Time * 2;", StringComparison.Ordinal)),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged);

    [Fact]
    public void MethodAddedToBuffer_EveryStepCachedOrUnchanged()
        => AssertReasons(
            EditRecords(Records.Replace("partial class Frame {", "partial class Frame { public int Sum() => Row.Length;", StringComparison.Ordinal)),
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged);

    [Fact]
    public void SegmentLengthened_OnlyItsBufferModified()
    {
        Edited edited = EditRecords(
            Records.Replace("Length = 4)] public partial System.Span<int>", "Length = 5)] public partial System.Span<int>", StringComparison.Ordinal));
        Assert.Single(edited.ReasonsOf(TrackingNames.Buffers), IncrementalStepRunReason.Modified);
        Assert.Single(edited.ReasonsOf(TrackingNames.Buffers), IncrementalStepRunReason.Cached);
        Assert.All(edited.ReasonsOf(TrackingNames.Records), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void EnumMemberAdded_BufferThatHoldsItModified()
    {
        Edited edited = EditRecords(Records.Replace("Buy, Sell", "Buy, Sell, Short", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, edited.ReasonsOf(TrackingNames.Buffers));
    }

    [Fact]
    public void FieldRenamed_OnlyItsRecordModified()
    {
        Edited edited = EditRecords(Records.Replace("long Time", "long When", StringComparison.Ordinal));
        Assert.Single(edited.ReasonsOf(TrackingNames.Records), IncrementalStepRunReason.Modified);
        Assert.Single(edited.ReasonsOf(TrackingNames.Records), IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void EnumMemberAdded_RecordThatHoldsItModified()
    {
        Edited edited = EditRecords(Records.Replace("Buy, Sell", "Buy, Sell, Short", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, edited.ReasonsOf(TrackingNames.Records));
    }

    [Fact]
    public void RecordAdded_New()
    {
        Edited edited = EditRecords(Records + "\n[VmSplice.Spliceable] public partial struct Trade { public int Id; }");
        Assert.Contains(IncrementalStepRunReason.New, edited.ReasonsOf(TrackingNames.Records));
    }

    [Fact]
    public void RecordBroken_ItsFileRemoved()
    {
        Edited edited = EditRecords(Records.Replace("public long Time", "public string Time", StringComparison.Ordinal));
        // With the record goes the buffer that has it as a segment, but for a stub.
        Assert.Equal(
            ["Demo.Frame.", "Demo.Order.", "Demo.Other."],
            edited.Result.GeneratedSources.Select(file => file.HintName[..11]).Order(StringComparer.Ordinal));
        Assert.Single(edited.ReasonsOf(TrackingNames.Buffers), IncrementalStepRunReason.Removed);
    }

    /// <summary>Types that break a rule, of which each gets a stub: they wait for their author while other files are edited.</summary>
    [Theory]
    [InlineData("", "namespace Demo; public static class Program { public static int Main() => 2; }")]
    [InlineData("// a comment\n", Other)]
    public void EditBesideWrongTypes_EveryStepCachedOrUnchanged(string before, string other)
    {
        CSharpCompilation first = Generated.Compile([Wrong, Other]);
        GeneratorDriver driver = NewDriver().RunGenerators(first).RunGenerators(Generated.Compile([before + Wrong, other]));
        var edited = new Edited(Assert.Single(driver.GetRunResult().Results));
        Assert.Equal(6, edited.Result.GeneratedSources.Length);
        AssertReasons(
            edited,
            [TrackingNames.Parse, TrackingNames.Stubs],
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void OldCompilation_IsNotKeptAlive()
    {
        (GeneratorDriver driver, WeakReference old) = RunAndDrop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(old.IsAlive, "A model keeps the compilation alive.");
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunAndDrop()
    {
        CSharpCompilation first = Generated.Compile([Records, Other]);
        GeneratorDriver driver = NewDriver().RunGenerators(first);
        CSharpCompilation second = Generated.Compile([Records, Other]);
        return (driver.RunGenerators(second), new WeakReference(first));
    }

    private static void AssertReasons(Edited edited, params IncrementalStepRunReason[] allowed)
        => AssertReasons(edited, [TrackingNames.Parse, TrackingNames.Records, TrackingNames.Buffers], allowed);

    private static void AssertReasons(Edited edited, string[] steps, params IncrementalStepRunReason[] allowed)
    {
        Assert.All(steps, name => Assert.NotEmpty(edited.ReasonsOf(name).Skip(1)));
        Assert.All(steps.SelectMany(edited.ReasonsOf), reason => Assert.Contains(reason, allowed));
        Assert.All(
            edited.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static Edited EditRecords(string records)
        => Edit(compilation => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], Parse(records, compilation.SyntaxTrees[0].FilePath)));

    private static Edited EditOther(string other)
        => Edit(compilation => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Parse(other, compilation.SyntaxTrees[1].FilePath)));

    private static Edited Edit(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        CSharpCompilation before = Generated.Compile([Records, Other]);
        GeneratorDriver driver = NewDriver().RunGenerators(before).RunGenerators(edit(before));
        return new Edited(Assert.Single(driver.GetRunResult().Results));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, Generated.ParseOptions, path);

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new SpliceableGenerator().AsSourceGenerator()],
        parseOptions: Generated.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private sealed record Edited(GeneratorRunResult Result)
    {
        public IEnumerable<IncrementalStepRunReason> ReasonsOf(string step)
            => Result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> steps)
                ? steps.SelectMany(run => run.Outputs).Select(output => output.Reason)
                : [];
    }
}
