using BenchmarkDotNet.Running;
using VmSplice.Benchmarks;
using VmSplice.Benchmarks.Suites;
using VmSplice.Benchmarks.Workers;

// dotnet run -c Release --project tests/VmSplice.Benchmarks -- transport|records|latency|modes|peers|compile|all [--quick] [--case PART] [--out FOLDER]
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- check [FILE]      (what must be reached, against the last run)
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- chart
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- --filter '*'      (BenchmarkDotNet: inside a process)
switch (args)
{
    case ["worker", var kind, ..]:
        return WorkerProgram.Run(kind, args[2..]);
    case ["chart", ..]:
        return SpeedChart.Draw();
    case ["check"]:
        return MustReach.Check(RatioFile.In(RatioFile.DefaultFolder));
    case ["check", var file]:
        return MustReach.Check(file);
    case [['-', ..], ..] or []:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    default:
        return Suites.Run(args[0], args[1..]);
}
