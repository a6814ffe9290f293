using BenchmarkDotNet.Running;
using VmSplice.Benchmarks;
using VmSplice.Benchmarks.Suites;
using VmSplice.Benchmarks.Workers;

// dotnet run -c Release --project tests/VmSplice.Benchmarks -- transport|records|all [--quick] [--case PART]
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- chart
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- --filter '*'      (BenchmarkDotNet: inside a process)
switch (args)
{
    case ["worker", var kind, ..]:
        return WorkerProgram.Run(kind, args[2..]);
    case ["chart", ..]:
        return SpeedChart.Draw();
    case [['-', ..], ..] or []:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    default:
        return Suites.Run(args);
}
