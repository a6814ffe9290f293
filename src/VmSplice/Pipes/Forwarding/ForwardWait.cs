using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>Waits for both sides of a forwarding without a thread: for data, for space, and for the target's leaving.</summary>
internal sealed class ForwardWait : IDisposable
{
    private readonly Receiver _source;
    private readonly DescriptorWatch _space;
    private readonly DescriptorWatch? _break;
    private Task? _broke;

    internal ForwardWait(Receiver source, ForwardTarget target)
    {
        _source = source;
        _space = DescriptorWatch.ForSpace(target.Handle);
        if (target.CanBreak)
        {
            _break = DescriptorWatch.ForBreak(target.Handle);
        }
    }

    /// <summary>Waits until the pipe has data or ends.</summary>
    /// <returns>Whether the target is gone, and nothing is in the pipe.</returns>
    internal async Task<bool> ForDataOrBreakAsync(CancellationToken cancellation)
    {
        if (_break is null)
        {
            await ReadinessTask.WaitAsync(_source.DataWatch, Receiver.ObjectName, cancellation).ConfigureAwait(false);
            return false;
        }

        _broke ??= ReadinessTask.WaitAsync(_break, Receiver.ObjectName, CancellationToken.None);
        Task data = ReadinessTask.WaitAsync(_source.DataWatch, Receiver.ObjectName, cancellation);
        await Task.WhenAny(data, _broke).ConfigureAwait(false);
        if (data.IsCompleted)
        {
            await data.ConfigureAwait(false);
            return false;
        }

        _source.Interrupt();
        return true;
    }

    internal Task ForSpaceAsync(CancellationToken cancellation) => ReadinessTask.WaitAsync(_space, Receiver.ObjectName, cancellation);

    public void Dispose()
    {
        _space.Dispose();
        _break?.Dispose();
    }
}
