using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice.InPlace;

/// <summary>
/// The sender's side of a stream that is read in place: memory that its reader is invited to map. Until one does, and where none does, all
/// goes through the pipe. From then on a chunk of it stays where it is, and the pipe carries a reference to it.
/// </summary>
/// <remarks>
/// For the owner of the stream, one call at a time. The pipe keeps the order, and its own room is what the reader is behind by at most,
/// beside the memory. The reader's end of the wake-ups is its alone: when that closes, the reader is gone, however it ended.
/// </remarks>
internal sealed class InPlaceSender : IDisposable
{
    /// <summary>A block that is shorter is cheaper to copy: what costs is the call, and the wait for memory to come back.</summary>
    internal const int LeastBytes = 16 * 1024;

    /// <summary>The bytes after which an offer is withdrawn that nobody took up: the reader has passed it.</summary>
    internal const long Patience = 16 * 1024 * 1024;

    /// <summary>With fewer chunks, sender and reader wait for each other.</summary>
    private const int LeastChunks = 4;

    /// <summary>The least memory: all of it fits a second-level cache.</summary>
    private const int LeastLength = 2 * 1024 * 1024;

    /// <summary>The most memory, however long the chunks.</summary>
    internal const int MostLength = 256 * 1024 * 1024;

    // About what a sleep and a wake-up cost.
    private static readonly long LongestSpin = Stopwatch.Frequency / 1_000_000 * 20;

    private readonly Sender _sender;
    private readonly BlockRing _ring;
    private readonly OfferedMemory _memory;
    private readonly ControlPage _control;
    private readonly DisposalSignal _signal = new();
    private readonly long _offeredAt;
    private RoomWait? _wait;
    private bool _isOffered = true;
    private bool _isJoined;
    private bool _isDisposed;

    private InPlaceSender(Sender sender, OfferedMemory memory)
    {
        _sender = sender;
        _memory = memory;
        _ring = new BlockRing(memory.Blocks);
        _control = new ControlPage(memory.Control.Address);
        _offeredAt = sender.Steps.Accepted;
        Length = memory.Blocks.Length;
    }

    /// <summary>Gets what to tell the reader.</summary>
    internal Invitation Invitation => _memory.Invitation;

    /// <summary>Gets the bytes of memory that are offered.</summary>
    internal nuint Length { get; }

    /// <summary>Gets whether the reader had joined when it was last looked at.</summary>
    internal bool HasJoined => Volatile.Read(ref _isJoined);

    /// <summary>Gets whether the reader has joined: from the next block on it is sent references.</summary>
    internal bool IsJoined => _isJoined || (_isOffered && LookForReader());

    /// <summary>Gets the records that were sent and lie in blocks that the reader has not returned.</summary>
    internal long RecordsNotReturned
    {
        get
        {
            if (_isJoined && !_isDisposed)
            {
                _ring.NoteReturned(Math.Min(_control.Returned, _ring.Announced));
            }

            return _ring.RecordsNotReturned;
        }
    }

    private DescriptorWatch? Watch { get; set; }

    /// <summary>Makes memory to offer.</summary>
    /// <param name="sender">Whose stream it is.</param>
    /// <param name="chunkSize">Bytes of a chunk.</param>
    /// <returns><see langword="null"/> where it is not to be had here: all goes on through the pipe.</returns>
    internal static InPlaceSender? TryOffer(Sender sender, int chunkSize)
    {
        PipeEnd end = sender.End;
        long length = Math.Max(Math.Max(LeastLength, (long)LeastChunks * chunkSize), end.KnownCapacity + (2L * chunkSize));
        return end.IsPipe && length <= MostLength && OfferedMemory.TryCreate(end, length) is { } memory ? new InPlaceSender(sender, memory) : null;
    }

    /// <summary>Hands out a block, where the reader has joined and has returned enough.</summary>
    internal bool TryRent(nuint bytes, [NotNullWhen(true)] out PageBlock? block, out long ticket)
    {
        (block, ticket) = (null, 0);
        if (!IsJoined || _isDisposed)
        {
            return false;
        }

        NoteReturned();
        return _ring.TryRent(bytes, out block, out ticket);
    }

    /// <summary>Whether a block is one of these.</summary>
    internal static bool Owns(PageBlock? block) => block is RingBlock;

    /// <summary>A block is about to be sent: what to send in its place.</summary>
    /// <param name="block">The block.</param>
    /// <param name="headerLength">The bytes before its records.</param>
    /// <param name="bytes">The bytes of header and records.</param>
    /// <param name="records">How many records.</param>
    /// <param name="firstRecord">The index of the first.</param>
    internal BlockReference Announce(PageBlock block, int headerLength, nuint bytes, int records, long firstRecord)
    {
        var announced = (RingBlock)block;
        ulong offset = (ulong)((announced.Start % (long)Length) + headerLength);
        long sequence = _ring.Announce(announced, bytes, records);
        Instruments.CountInPlace(Instruments.Transmit, (long)bytes - headerLength);
        return new BlockReference((uint)records, firstRecord, offset, sequence);
    }

    /// <summary>The block that was announced last was not sent.</summary>
    internal void TakeBackAnnouncement(PageBlock block) => _ring.TakeBackAnnouncement((RingBlock)block);

    /// <summary>Whether the next chunk has memory.</summary>
    /// <exception cref="RecordStreamException">The reader returned what it never got.</exception>
    internal bool HasRoom(nuint bytes)
    {
        if (_isDisposed || bytes > Length)
        {
            return true;
        }

        NoteReturned();
        return _ring.HasRoom(bytes);
    }

    /// <summary>Waits in this thread until the reader has returned enough for the next chunk.</summary>
    /// <param name="bytes">Bytes of the chunk.</param>
    /// <param name="caller">The call that this is a part of.</param>
    /// <exception cref="BrokenPipeException">The reader is gone.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    internal void WaitForRoom(nuint bytes, CallGate caller)
    {
        if (HasRoom(bytes) || Spin(bytes))
        {
            return;
        }

        while (!TryArm(bytes))
        {
            PipeWait.ForWakeUp(_memory.WakeUps, _signal, _sender.Disposal);
            _sender.ThrowIfDisposed();
            caller.ThrowIfEnded();
            TakeWakeUps();
        }
    }

    /// <summary>The same without a thread that waits. What was sent is sent: a cancellation ends the wait, and is no error.</summary>
    internal ValueTask WaitForRoomAsync(nuint bytes, CallGate caller, CancellationToken cancellation)
    {
        if (HasRoom(bytes) || Spin(bytes) || TryArm(bytes))
        {
            return ValueTask.CompletedTask;
        }

        Watch ??= DescriptorWatch.ForData(_memory.WakeUps);
        _wait ??= new RoomWait(this, Watch);
        return _wait.Start(bytes, caller, cancellation);
    }

    /// <summary>Says that the sender wants to be woken, unless there is room by now.</summary>
    /// <returns>Whether there is room.</returns>
    internal bool TryArm(nuint bytes)
    {
        // In the middle: half of the memory to fill for one wake-up.
        _control.SetWakeAt(_ring.MiddleOfTaken);
        if (!HasRoom(bytes))
        {
            return false;
        }

        _control.SetWakeAt(0);
        return true;
    }

    /// <summary>Takes what the reader wrote to wake this side.</summary>
    /// <exception cref="BrokenPipeException">The reader is gone.</exception>
    internal unsafe void TakeWakeUps()
    {
        byte* some = stackalloc byte[64];

        // SAFETY: the kernel fills what this frame owns, or answers EAGAIN.
        if (Unistd.read(_memory.WakeUps, some, 64) == 0)
        {
            PipeEnd end = _sender.End;
            throw BrokenPipeException.ForBytes("poll", _sender.Steps.Accepted, end.TryGetUnread(out int unread, out _) ? unread : 0);
        }
    }

    /// <summary>Ends what waits for room: the stream's writer is disposed.</summary>
    internal void Interrupt()
    {
        _signal.Set();
        Watch?.Dispose();
    }

    /// <summary>The stream is over. Whoever has joined keeps what it was sent.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Interrupt();
        _ring.Dispose();
        _memory.Dispose();
    }

    private bool LookForReader()
    {
        bool isOver = !_control.IsJoined && _sender.Steps.Accepted - _offeredAt > Patience && _control.TryWithdraw();
        if (!isOver && !_control.IsJoined)
        {
            return false;
        }

        // The mappings stay, and the reader has its own. Of the wake-ups it has the only write end from now on.
        _memory.Close();
        _isOffered = false;
        if (isOver)
        {
            Instruments.CountFallback("in place", 0, _sender.End.Handle);
            Dispose();
            return false;
        }

        return _isJoined = true;
    }

    private void NoteReturned()
    {
        long returned = _control.Returned;
        if (returned < 0 || returned > _ring.Announced)
        {
            throw new RecordStreamException(StreamFault.Damaged, string.Create(
                CultureInfo.InvariantCulture,
                $"The reader returned block {returned} of {_ring.Announced} that it was sent: it is damaged, or somebody else's. Switch "
                    + $"RecordWriterOptions.InPlace off for it."),
                0,
                _sender.Steps.Accepted);
        }

        _ring.NoteReturned(returned);
    }

    private bool Spin(nuint bytes)
    {
        if (!Processors.HasOthers)
        {
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        do
        {
            Thread.SpinWait(8);
            if (HasRoom(bytes))
            {
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() - start < LongestSpin);
        return false;
    }
}
