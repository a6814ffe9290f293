using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice.InPlace;

/// <summary>
/// What the sender of a broadcast shares with one of its readers: the blocks, which all of them have mapped, and a control page and wake-ups of
/// its own. So no reader can return a block for another one. Nothing is shared before it is offered. Guarded by the stream's lock.
/// </summary>
/// <param name="sender">Into the reader's pipe.</param>
/// <param name="onWakeUp">Is called on a thread of the pool when the reader has returned something, or is gone.</param>
internal sealed class InPlaceLane(Sender sender, Action onWakeUp) : ReadinessWaiter
{
    // What this reader was sent and has not returned, the oldest first. The last of them has the sequence _announced.
    private readonly Queue<BroadcastBlock> _sent = [];
    private OfferedMemory? _memory;
    private ControlPage _control;
    private long _offeredAt;
    private DescriptorWatch? _watch;
    private long _announced;
    private bool _isOffered;
    private bool _isJoined;
    private bool _isOver;
    private BroadcastBlock? _kept;
    private volatile bool _isWatching;

    /// <summary>Gets what to tell the reader, once it was offered something.</summary>
    internal Invitation Invitation => _memory!.Invitation;

    /// <summary>Gets whether the reader has joined: from the next block on it is sent references.</summary>
    internal bool IsJoined => !_isOver && (_isJoined || (_isOffered && LookForReader()));

    /// <summary>Gets whether any block was announced. Without the lock too.</summary>
    internal bool IsUsed => Volatile.Read(ref _announced) != 0;

    /// <summary>Gets the oldest block that the reader has not returned.</summary>
    internal BroadcastBlock? Oldest => _sent.TryPeek(out BroadcastBlock? block) ? block : null;

    private long TakenBack => _announced - _sent.Count;

    /// <summary>Offers the blocks to the reader.</summary>
    /// <returns>Whether it can be: else all goes on through its pipe.</returns>
    internal bool TryOffer(OfferedBlocks blocks)
    {
        if (_isOver || !sender.End.IsPipe || OfferedMemory.TryCreate(sender.End, blocks) is not { } memory)
        {
            return false;
        }

        (_memory, _control, _offeredAt, _isOffered) = (memory, new ControlPage(memory.Control.Address), sender.Steps.Accepted, true);
        return true;
    }

    /// <summary>A block is about to be sent: what to send in its place.</summary>
    /// <param name="block">The block.</param>
    /// <param name="headerLength">The bytes before its records.</param>
    internal BlockReference Announce(BroadcastBlock block, int headerLength)
    {
        _sent.Enqueue(block);
        Instruments.CountInPlace(Instruments.Transmit, (long)block.Bytes - headerLength);
        return new BlockReference((uint)block.Records, block.FirstRecord, (ulong)(block.Place + headerLength), ++_announced);
    }

    /// <summary>Takes the oldest block that the reader has returned, if it has.</summary>
    /// <exception cref="RecordStreamException">The reader returned what it never got.</exception>
    internal bool TryTakeBack([NotNullWhen(true)] out BroadcastBlock? block)
    {
        block = null;
        if (!_isJoined || _isOver)
        {
            return false;
        }

        long returned = _control.Returned;
        if (returned < 0 || returned > _announced)
        {
            throw new RecordStreamException(StreamFault.Damaged, string.Create(
                CultureInfo.InvariantCulture,
                $"The reader returned block {returned} of {_announced} that it was sent: it is damaged, or somebody else's. Switch "
                    + $"RecordReaderOptions.InPlace off at that reader."),
                0,
                sender.Steps.Accepted);
        }

        return TakenBack < returned && _sent.TryDequeue(out block);
    }

    /// <summary>Asks to be woken when the reader has returned half of what it has, or is gone.</summary>
    internal void Arm()
    {
        if (_sent.Count == 0)
        {
            return;
        }

        _control.SetWakeAt(_announced - (_sent.Count / 2));
        if (!_isWatching)
        {
            _watch ??= DescriptorWatch.ForData(_memory!.WakeUps);
            _isWatching = true;
            _isWatching = _watch.Wait(this, CancellationToken.None) == WaitStart.Waiting;
        }
    }

    /// <summary>Takes what the reader wrote to wake this side.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone.</exception>
    internal unsafe void TakeWakeUps()
    {
        if (_isOver || !_isJoined)
        {
            // Before it joins its end of them is this process's own.
            return;
        }

        byte* some = stackalloc byte[64];

        // SAFETY: the kernel fills what this frame owns, or answers EAGAIN.
        if (Unistd.read(_memory!.WakeUps, some, 64) == 0)
        {
            throw BrokenPipeException.ForBytes("poll", sender.Steps.Accepted, sender.End.TryGetUnread(out int unread, out _) ? unread : 0);
        }
    }

    /// <summary>
    /// The reader is served no longer: it shall look at no further block. It lets go of all but the one that it may be reading. That one must not
    /// be written to while the stream lasts.
    /// </summary>
    internal void Drop()
    {
        if (_memory is not null && !_isOver && (_isJoined || !_control.TryWithdraw()))
        {
            long held = _control.Drop() + 1;
            for (long sequence = TakenBack + 1; _sent.TryDequeue(out BroadcastBlock? block); sequence++)
            {
                if (sequence == held)
                {
                    _kept = block;
                    block.Keep();
                }
                else
                {
                    block.Release();
                }
            }
        }

        GiveUp();
    }

    /// <summary>The stream is over, and nobody writes to any block from now on: all are let go. The reader keeps what it was sent.</summary>
    internal void End()
    {
        while (_sent.TryDequeue(out BroadcastBlock? block))
        {
            block.Release();
        }

        _kept?.Release();
        _kept = null;
        GiveUp();
    }

    internal override void Resume()
    {
        _isWatching = false;
        onWakeUp();
    }

    internal override void Abandon() => _isWatching = false;

    protected override bool TryWithdraw() => false;

    protected override void EndCanceled()
    {
    }

    /// <summary>Gives the control page and the wake-ups up.</summary>
    private void GiveUp()
    {
        if (!_isOver)
        {
            _isOver = true;
            _watch?.Dispose();
            _memory?.Dispose();
        }
    }

    private bool LookForReader()
    {
        bool isOver = !_control.IsJoined && sender.Steps.Accepted - _offeredAt > InPlaceSender.Patience && _control.TryWithdraw();
        if (!isOver && !_control.IsJoined)
        {
            return false;
        }

        // The mappings stay, and the reader has its own. Of the wake-ups it has the only write end from now on.
        _memory!.Close();
        _isOffered = false;
        if (isOver)
        {
            Instruments.CountFallback(Instruments.InPlace, 0, sender.End.Handle);
            return false;
        }

        return _isJoined = true;
    }
}
