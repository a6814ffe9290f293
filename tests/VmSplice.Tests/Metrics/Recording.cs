using System.Diagnostics.Metrics;

namespace VmSplice.Tests.Metrics;

/// <summary>Adds up what the meter measures while it exists.</summary>
internal sealed class Recording : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _measured = [];

    internal Recording()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == VmSplice.Diagnostics.Instruments.MeterName)
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (_measured)
            {
                _measured.Add((instrument.Name, value, tags.ToArray()));
            }
        });
        _listener.Start();
    }

    internal List<Instrument> Instruments { get; } = [];

    internal long Sum(string name, string? tag = null, string? value = null)
    {
        lock (_measured)
        {
            return _measured.Where(m => m.Name == name && (tag is null || m.Tags.Any(t => t.Key == tag && (string?)t.Value == value))).Sum(m => m.Value);
        }
    }

    internal long Observe(string name)
    {
        lock (_measured)
        {
            _measured.RemoveAll(m => m.Name == name);
        }

        _listener.RecordObservableInstruments();
        return Sum(name);
    }

    public void Dispose() => _listener.Dispose();
}
