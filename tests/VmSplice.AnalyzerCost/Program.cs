using System.Globalization;
using VmSplice.AnalyzerCost;

// dotnet run -c Release --project tests/VmSplice.AnalyzerCost [rounds] [unused|sending|growth|long]
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool good = true;

string[] parts = args.Length > 1 ? args[1..] : ["unused", "sending", "growth", "long"];
foreach (string part in parts)
{
    good &= part switch
    {
        "unused" => Share("runtime referenced, not used", new Measured(GeneratedProject.Unused(100_000)), limit: 1),
        "sending" => Share("every method sends", new Measured(GeneratedProject.Sending(9_000)), limit: 15),
        "growth" => Growth(),
        "long" => Long(branches: false) & Long(branches: true),
        _ => throw new ArgumentException($"There is no part '{part}'."),
    };
}

return good ? 0 : 1;

bool Growth()
{
    Console.WriteLine("growth: what the analyzers add for each method that sends");
    double first = 0;
    double last = 0;
    foreach (int methods in (int[])[1_000, 2_000, 4_000, 8_000, 16_000])
    {
        last = Median(Pairs(new Measured(GeneratedProject.Sending(methods))).Select(pair => (pair.Ours - pair.Idle) * 1000 / methods));
        first = first == 0 ? last : first;
        Console.WriteLine($"  {methods,6} methods: {last,8:F1} µs each, {last / first:F2} times the first");
    }

    return Judge("  16,000 against 1,000 methods, each (1 is linear)", last / first, 1.5, "times");
}

bool Long(bool branches)
{
    var project = new Measured(GeneratedProject.OneMethod(5_000, branches));
    return Judge(
        $"one method of {project.Lines} lines{(branches ? ", with branches" : "")}: the analyzers",
        Median(Pairs(project).Select(pair => pair.Ours - pair.Idle)), 1000, "ms");
}

bool Share(string what, Measured project, double limit)
{
    List<(double None, double Idle, double Ours)> pairs = Pairs(project);
    Console.WriteLine($"{what} ({project.Lines} lines): {Median(pairs.Select(pair => pair.None)):F0} ms without any analyzer, {Median(pairs.Select(pair => pair.Idle)):F0} with an idle one, {Median(pairs.Select(pair => pair.Ours)):F0} with ours beside it");
    Console.WriteLine($"  against no analyzer at all: {Median(pairs.Select(pair => ((pair.Ours / pair.None) - 1) * 100)):F1} %");
    return Judge("  what ours add", Median(pairs.Select(pair => ((pair.Ours / pair.Idle) - 1) * 100)), limit, "%");
}

// The three of a round follow each other, in turn first, so that what disturbs the machine meets all.
List<(double None, double Idle, double Ours)> Pairs(Measured project)
{
    project.Compile(Measured.Ours);
    List<(double, double, double)> pairs = [];
    for (int round = 0; round < rounds; round++)
    {
        double[] times = new double[3];
        for (int i = 0; i < 3; i++)
        {
            int which = (round + i) % 3;
            times[which] = project.Compile(which switch { 0 => Measured.None, 1 => Measured.Idle, _ => Measured.Ours });
        }

        pairs.Add((times[0], times[1], times[2]));
    }

    return pairs;
}

static bool Judge(string what, double value, double limit, string unit)
{
    Console.WriteLine($"{what}: {value:F1} {unit}, at most {limit} {(value <= limit ? "(kept)" : "(MISSED)")}");
    return value <= limit;
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}
