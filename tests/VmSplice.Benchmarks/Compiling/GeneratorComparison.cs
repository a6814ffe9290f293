using System.Globalization;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Compiling;

/// <summary>Our generator against MemoryPack's on the same types, in turn.</summary>
/// <param name="Types">How many types.</param>
/// <param name="Edit">What happened before the run.</param>
internal sealed record GeneratorComparison(int Types, Edit Edit) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "generator", "ms", "files", "ratio"];

    public string Case => string.Create(
        CultureInfo.InvariantCulture,
        $"{Types}/{Edit switch { Edit.FirstRun => "first-run", Edit.Unrelated => "unrelated-edit", _ => "edit-of-one-type" }}");

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        var ours = GeneratorRun.Ours(Types);
        var theirs = GeneratorRun.MemoryPack(Types);
        for (int i = 0; i <= effort.WarmUps; i++)
        {
            ours.Measure(Edit);
            theirs.Measure(Edit);
        }

        List<double> own = [];
        List<double> other = [];
        int files = 0;
        int otherFiles = 0;
        for (int i = 0; i < effort.Pairs; i++)
        {
            if (i % 2 == 0)
            {
                own.Add(Of(ours, ref files));
                other.Add(Of(theirs, ref otherFiles));
            }
            else
            {
                other.Add(Of(theirs, ref otherFiles));
                own.Add(Of(ours, ref files));
            }
        }

        double[] ratios = [.. own.Zip(other, static (mine, its) => its / mine)];
        return new Outcome(
            [
                [Case, "VmSplice", Cell.Number(own.Median(), 2), Cell.Bytes(files), Cell.Spread(ratios)],
                ["", "MemoryPack", Cell.Number(other.Median(), 2), Cell.Bytes(otherFiles), ""],
            ],
            [new(Case, ratios.Median())]);
    }

    private double Of(GeneratorRun run, ref int files)
    {
        (double milliseconds, files) = run.Measure(Edit);
        return files >= Types ? milliseconds : throw new InvalidOperationException($"{files} files were generated for {Types} types.");
    }
}
