using BenchmarkDotNet.Running;
using VmSplice.Benchmarks;

// dotnet run -c Release --project tests/VmSplice.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/VmSplice.Benchmarks -- chart
if (args is ["chart", ..])
{
    return SpeedChart.Draw();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
