using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace VmSplice.Records;

/// <summary>
/// Copies what is left of a stream to a record writer: one step after another, and two drivers, one that waits in its thread and one that waits without
/// one. What the target has not sent stays where it lies at the reader: all is sent before more is read and before a block is returned to its sender.
/// So a target that fails loses nothing: <see cref="PutBack"/>.
/// </summary>
/// <param name="read">The call of the reader, and how it waits.</param>
/// <param name="source">Where batches come from.</param>
/// <param name="target">Where they go.</param>
internal sealed class RecordCopy<T>(BatchRead<T> read, BatchSteps<T> source, RecordSender<T> target)
    where T : unmanaged, ISpliceable<T>
{
    private readonly TakenRecords _taken = source.KeepTaken();

    // What the target has not taken of the last batch.
    private nint _next;
    private int _left;

    // What it has taken, and what it had written when it had.
    private long _copied;
    private long _written = target.RecordsWritten;
    private ExceptionDispatchInfo? _fault;

    private enum Step
    {
        Send,
        Read,
        End,
    }

    // Also what the target had before, or somebody else has sent meanwhile.
    private bool HasUnsent => target.HasUnsent || _taken.Count > _left;

    /// <summary>Copies, and waits in this thread.</summary>
    /// <returns>How many records.</returns>
    internal static long Run(BatchRead<T> read, BatchSteps<T> source, RecordSender<T> target)
    {
        target.ThrowIfBusy();
        read.EnterCopy();
        try
        {
            return new RecordCopy<T>(read, source, target).Run();
        }
        finally
        {
            read.ExitCopy();
        }
    }

    /// <summary>Copies, and waits without a thread.</summary>
    /// <inheritdoc cref="Run(BatchRead{T}, BatchSteps{T}, RecordSender{T})"/>
    internal static async Task<long> RunAsync(BatchRead<T> read, BatchSteps<T> source, RecordSender<T> target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        target.ThrowIfBusy();
        read.EnterCopy();
        try
        {
            return await new RecordCopy<T>(read, source, target).RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            read.ExitCopy();
        }
    }

    private long Run()
    {
        try
        {
            Step step;
            while ((step = Advance()) != Step.End)
            {
                if (step == Step.Send)
                {
                    target.Flush();
                    _taken.Forget(_taken.Count - _left);
                }
                else
                {
                    read.ReadMore();
                }
            }

            return _copied;
        }
        finally
        {
            PutBack();
        }
    }

    private async Task<long> RunAsync(CancellationToken cancellation)
    {
        try
        {
            Step step;
            while ((step = Advance()) != Step.End)
            {
                if (step == Step.Send)
                {
                    await target.FlushAsync(cancellation).ConfigureAwait(false);
                    _taken.Forget(_taken.Count - _left);
                }
                else
                {
                    await read.StartReadMore(cancellation).ConfigureAwait(false);
                }
            }

            return _copied;
        }
        finally
        {
            PutBack();
        }
    }

    /// <summary>Copies what is there, as far as the target's chunk has room.</summary>
    private Step Advance()
    {
        while (true)
        {
            read.ThrowIfEnded();
            if (_left == 0)
            {
                if (HasUnsent && (_fault is not null || source.HasUsedBlock || _taken.IsFull))
                {
                    return Step.Send;
                }

                _fault?.Throw();
                Step? step = TakeBatch();
                if (step is not null)
                {
                    return HasUnsent ? Step.Send : step.Value;
                }

                continue;
            }

            int taken = CopyIn();
            Debug.Assert(taken != 0 || target.HasUnsent, "a chunk of nothing has room for a record");
            _copied += taken;
            _left -= taken;
            _next += (nint)taken * Unsafe.SizeOf<T>();
            if (_left != 0)
            {
                return Step.Send;
            }
        }
    }

    /// <summary>Takes a batch.</summary>
    /// <returns>What to do where none is there.</returns>
    private unsafe Step? TakeBatch()
    {
        try
        {
            if (!source.TryTakeBatch(out ReadOnlySpan<T> batch))
            {
                return Step.Read;
            }

            // SAFETY: it lies in memory that does not move, and the call of the reader keeps it.
            fixed (T* first = batch)
            {
                (_next, _left) = ((nint)first, batch.Length);
            }

            return batch.IsEmpty ? Step.End : null;
        }
        catch (RecordStreamException e) when (HasUnsent)
        {
            // The good ones before it go first.
            _fault = ExceptionDispatchInfo.Capture(e);
            return Step.Send;
        }
    }

    // SAFETY: the batch is the last one that was taken, which the call of the reader keeps.
    private unsafe int CopyIn() => target.CopyIn(new ReadOnlySpan<T>((void*)_next, _left), source.Tail, out _written);

    /// <summary>
    /// The copy has ended, well or not. What the target has not taken is the reader's again: the rest of the last batch, and where the target is over,
    /// what it took and its pipe did not accept. Where it is not, what it took and could not send is still there to be sent.
    /// </summary>
    private void PutBack()
    {
        long back;
        if (target.IsOver)
        {
            long unsent = Math.Max(0, _written - target.RecordsAccepted);
            back = _left + Math.Min(unsent, _taken.Count - _left);
        }
        else
        {
            // A call may have failed that had taken some.
            back = _left - Math.Clamp(target.RecordsWritten - _written, 0, _left);
        }

        source.PutBack(back);
        _taken.End();
    }
}
