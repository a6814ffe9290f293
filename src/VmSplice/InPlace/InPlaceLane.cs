using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice.InPlace;

/// <summary>
/// What the sender of a broadcast shares with one of its readers: the blocks, which all of them have mapped, and a control page and wake-ups of
/// its own. So no reader can return a block for another one. Guarded by the stream's lock.
/// </summary>
internal sealed class InPlaceLane : ReadinessWaiter, IDisposable
{
    private readonly Sender _sender;
    private readonly OfferedMemory _memory;
    private readonly ControlPage _control;
    private readonly Action _onWakeUp;
    private readonly long _offeredAt;

    // What this reader was sent and has not returned, the oldest first. The last of them has the sequence _announced.
    private readonly Queue<BroadcastBlock> _sent = [];
    private DescriptorWatch? _watch;
    private long _announced;
    private bool _isOffered = true;
    private bool _isJoined;
    private bool _isDisposed;
    private volatile bool _isWatching;

    private InPlaceLane(Sender sender, OfferedMemory memory, Action onWakeUp)
    {
        _sender = sender;
        _memory = memory;
        _control = new ControlPage(memory.Control.Address);
        _onWakeUp = onWakeUp;
        _offeredAt = sender.Steps.Accepted;
    }

    /// <summary>Gets what to tell the reader.</summary>
    internal Invitation Invitation => _memory.Invitation;

    /// <summary>Gets whether the reader had joined when it was last looked at.</summary>
    internal bool HasJoined => _isJoined;

    /// <summary>Gets whether the reader has joined: from the next block on it is sent references.</summary>
    internal bool IsJoined => _isJoined || (_isOffered && LookForReader());

    /// <summary>Gets the oldest block that the reader has not returned.</summary>
    internal BroadcastBlock? Oldest => _sent.TryPeek(out BroadcastBlock? block) ? block : null;

    private long TakenBack => _announced - _sent.Count;

    /// <summary>Offers the blocks to one more reader.</summary>
    /// <param name="sender">Into its pipe.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="onWakeUp">Is called on a thread of the pool when the reader has returned something, or is gone.</param>
    /// <returns><see langword="null"/> where that cannot be: all goes on through its pipe.</returns>
    internal static InPlaceLane? TryOffer(Sender sender, OfferedBlocks blocks, Action onWakeUp)
        => sender.End.IsPipe && OfferedMemory.TryCreate(sender.End, blocks) is { } memory ? new InPlaceLane(sender, memory, onWakeUp) : null;

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
        if (!_isJoined)
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
                _sender.Steps.Accepted);
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
            _watch ??= DescriptorWatch.ForData(_memory.WakeUps);
            _isWatching = true;
            _isWatching = _watch.Wait(this, CancellationToken.None) == WaitStart.Waiting;
        }
    }

    /// <summary>Takes what the reader wrote to wake this side.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone.</exception>
    internal unsafe void TakeWakeUps()
    {
        byte* some = stackalloc byte[64];

        // SAFETY: the kernel fills what this frame owns, or answers EAGAIN.
        if (Unistd.read(_memory.WakeUps, some, 64) == 0)
        {
            throw BrokenPipeException.ForBytes("poll", _sender.Steps.Accepted, _sender.End.TryGetUnread(out int unread, out _) ? unread : 0);
        }
    }

    /// <summary>The reader is served no longer: it shall look at no further block. All blocks come back but the one that it may be reading.</summary>
    /// <param name="kept">That one, which must not be written to while the stream lasts.</param>
    /// <returns>The others.</returns>
    internal IEnumerable<BroadcastBlock> Drop(out BroadcastBlock? kept)
    {
        kept = null;
        if (!_isJoined && _control.TryWithdraw())
        {
            return [];
        }

        long held = _control.Drop() + 1;
        List<BroadcastBlock> others = [];
        for (long sequence = TakenBack + 1; _sent.TryDequeue(out BroadcastBlock? block); sequence++)
        {
            if (sequence == held)
            {
                kept = block;
            }
            else
            {
                others.Add(block);
            }
        }

        return others;
    }

    /// <summary>The stream is over. The reader keeps what it was sent.</summary>
    /// <returns>The blocks that it has not returned.</returns>
    internal IEnumerable<BroadcastBlock> End()
    {
        BroadcastBlock[] rest = [.. _sent];
        _sent.Clear();
        return rest;
    }

    /// <summary>Gives the control page and the wake-ups up.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _isOffered = false;
            _watch?.Dispose();
            _memory.Dispose();
        }
    }

    internal override void Resume()
    {
        _isWatching = false;
        _onWakeUp();
    }

    internal override void Abandon() => _isWatching = false;

    protected override bool TryWithdraw() => false;

    protected override void EndCanceled()
    {
    }

    private bool LookForReader()
    {
        bool isOver = !_control.IsJoined && _sender.Steps.Accepted - _offeredAt > InPlaceSender.Patience && _control.TryWithdraw();
        if (!isOver && !_control.IsJoined)
        {
            return false;
        }

        // The mappings stay, and the reader has its own. Of the wake-ups it has the only write end from now on.
        _memory.Close();
        _isOffered = false;
        if (isOver)
        {
            Instruments.CountFallback(Instruments.InPlace, 0, _sender.End.Handle);
            return false;
        }

        return _isJoined = true;
    }
}
