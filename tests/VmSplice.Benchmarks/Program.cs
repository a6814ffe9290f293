using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/VmSplice.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
