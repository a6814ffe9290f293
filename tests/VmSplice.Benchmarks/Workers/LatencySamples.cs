using System.Globalization;

namespace VmSplice.Benchmarks.Workers;

/// <summary>How long messages took, in nanoseconds; room for a round of them.</summary>
internal sealed class LatencySamples
{
    private readonly long[] _samples = new long[1 << 22];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(long nanoseconds)
    {
        if (_count < _samples.Length)
        {
            _samples[_count++] = nanoseconds;
        }
    }

    /// <summary>The percentiles, as the end of a worker's answer.</summary>
    public override string ToString()
    {
        _samples.AsSpan(0, _count).Sort();
        return string.Create(CultureInfo.InvariantCulture, $" p50={At(2)} p99={At(100)} p999={At(1000)}");
    }

    // As in Native/peer.c; the middle of half, the end of the rest.
    private long At(int part) => _count == 0 ? 0 : part == 2 ? _samples[_count / 2] : _samples[_count - 1 - (_count / part)];
}
