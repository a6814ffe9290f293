using System.Globalization;
using BenchmarkDotNet.Running;
using VmSplice.Benchmarks;
using VmSplice.Benchmarks.Suites;
using VmSplice.Benchmarks.Workers;

// dotnet run -c Release --project tests/VmSplice.Benchmarks -- transport|records|latency|modes|peers|compile|all [--quick] [--case PART] [--out FOLDER]
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- check [FILE]      (what must be reached, against the last run)
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- text --events 10000000      (a log of so many events, once in each way, counted and verified)
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- chart
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- --filter '*'      (BenchmarkDotNet: inside a process)
switch (args)
{
    case ["worker", var kind, ..]:
        return WorkerProgram.Run(kind, args[2..]);
    case ["chart", ..]:
        return SpeedChart.Draw();
    case ["text", "--events", var count] when long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long events) && events > 0:
        return EventLog.Run(events);
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
