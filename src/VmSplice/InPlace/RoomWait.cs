using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice.InPlace;

/// <summary>Waits without a thread until the reader has returned enough for the next chunk. One for each stream, used again once it was awaited.</summary>
internal sealed class RoomWait(InPlaceSender memory, DescriptorWatch watch) : PooledOperation<bool>
{
    private CallGate _caller = null!;
    private nuint _bytes;

    internal override bool IsEnded => _caller.IsEnded;

    internal ValueTask Start(nuint bytes, CallGate caller, CancellationToken cancellation)
    {
        (_bytes, _caller) = (bytes, caller);
        Listen(cancellation);
        var task = new ValueTask(this, Version);
        Wait(onPool: false);
        return task;
    }

    internal override void Resume()
    {
        try
        {
            memory.TakeWakeUps();
            if (!memory.TryArm(_bytes))
            {
                Wait(onPool: true);
                return;
            }
        }
        catch (Exception e)
        {
            End(e, onPool: true);
            return;
        }

        End(error: null, onPool: true);
    }

    protected override bool TryWithdraw() => watch.TryWithdraw(this);

    protected override ObjectDisposedException WasDisposed() => _caller.IsEnded ? _caller.WasDisposed() : Sender.WasDisposed();

    protected override void Reuse()
    {
    }

    /// <summary>Ends the wait. A cancellation is none of an error here: what it was asked to end was sent.</summary>
    protected override void End(Exception? error, bool onPool)
    {
        StopListening();
        Complete(result: true, error is OperationCanceledException ? null : error, onPool);
    }

    private void Wait(bool onPool)
    {
        try
        {
            WaitStart start = watch.Wait(this, Cancellation);
            if (start != WaitStart.Waiting)
            {
                End(Reason(start), onPool);
            }
        }
        catch (Exception e)
        {
            End(e, onPool);
        }
    }
}
