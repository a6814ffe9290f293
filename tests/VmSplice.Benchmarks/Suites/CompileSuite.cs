using VmSplice.Benchmarks.Compiling;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>What the package costs while a program is written and built.</summary>
internal sealed class CompileSuite : ISuite
{
    public static string Name => "compile";

    public static string About => """
        The generator on many `[Spliceable]` structs, each in a file of its own, against MemoryPack's generator on the same structs, through the compiler's
        `GeneratorDriver`: the first run, after an edit in another file, after an edit of one type. Then what the rules add to the processor time of a build
        by the compiler of the SDK, on 30,000 lines of code that does not use the package, and of code in which every method sends; there a ratio below 1 is
        the price. (tests/VmSplice.AnalyzerCost has other lengths and parts.)
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) =>
    [
        .. from types in quick ? (int[])[10, 100, 1000] : [10, 100, 1000, 10_000]
           from edit in Enum.GetValues<Edit>()
           select new GeneratorComparison(types, edit),
        .. from part in quick ? (string[])["sending"] : ["unused", "sending", "sending-in-many-ways"]
           select new RulesShare(part, quick ? 5_000 : 30_000),
    ];
}
