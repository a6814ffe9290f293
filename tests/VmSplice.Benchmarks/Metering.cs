using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VmSplice.Diagnostics;

namespace VmSplice.Benchmarks;

/// <summary>
/// What the meter costs: the smallest transfer there is, a page written and read, with nobody listening and with a
/// listener; and by itself all that this transfer asks of the meter. docs/forwarding.md, "Seen from outside", has the result.
/// </summary>
[Config(typeof(Config))]
public class Metering
{
    private readonly byte[] _page = new byte[4096];
    private readonly byte[] _arrived = new byte[4096];
    private SplicePipe _pipe = null!;
    private SpliceWriter _writer = null!;
    private SpliceReader _reader = null!;
    private MeterListener? _listener;
    private long _measured;

    [GlobalSetup(Targets = [nameof(NobodyListens), nameof(MeterAlone)])]
    public void SetUp()
    {
        _pipe = SplicePipe.Create();
        _writer = _pipe.OpenWriter();
        _reader = _pipe.OpenReader();
    }

    [GlobalSetup(Target = nameof(SomebodyListens))]
    public void SetUpListener()
    {
        SetUp();
        _listener = Listen(value => _measured += value);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _listener?.Dispose();
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void NobodyListens() => Transfer();

    [Benchmark]
    public void SomebodyListens() => Transfer();

    [Benchmark]
    public void MeterAlone()
    {
        Instruments.CountTransfer("write", Instruments.Transmit, 4096, 4096);
        Instruments.CountTransfer("read", Instruments.Receive, 4096, 4096);
    }

    private void Transfer()
    {
        _writer.Write(_page);
        _reader.ReadExactly(_arrived);
    }

    private static MeterListener Listen(Action<long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Instruments.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured(value));
        listener.Start();
        return listener;
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
