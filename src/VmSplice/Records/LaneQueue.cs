using VmSplice.CompilerServices;
using VmSplice.InPlace;
using VmSplice.Memory;

namespace VmSplice.Records;

/// <summary>
/// What one reader of a broadcast is still to be sent, and in which form. A reader that has joined gets a reference to a block; any other one
/// its bytes. The stream's header comes before, once, and an invitation before the first long block. The end comes behind all.
/// </summary>
/// <remarks>Guarded by the stream's lock. One send at a time: the message of the last one is overwritten by the next.</remarks>
internal sealed class LaneQueue
{
    private readonly RecordLayout _layout;
    private readonly bool _framed;
    private readonly InPlaceLane _memory;
    private readonly Queue<BroadcastBlock> _blocks = [];
    private readonly int _headerLength;
    private readonly PinnedBytes _message;
    private bool _headerTaken;
    private bool _mayOffer;
    private bool _endFollows;

    /// <summary>Makes an empty one.</summary>
    /// <param name="layout">Of the records.</param>
    /// <param name="framed">Whether the reader gets more than the bare records.</param>
    /// <param name="memory">What the reader may share.</param>
    internal LaneQueue(RecordLayout layout, bool framed, InPlaceLane memory)
    {
        (_layout, _framed, _memory, _mayOffer) = (layout, framed, memory, framed);
        _headerLength = RecordStreamFormat.HeaderLengthOf(layout);
        _message = new PinnedBytes(_headerLength + Invitation.Length, cleared: true);
    }

    /// <summary>Gets whether nothing is left to be sent.</summary>
    internal bool IsEmpty => _blocks.Count == 0 && !_endFollows;

    /// <summary>Gets the oldest block in it.</summary>
    internal BroadcastBlock? Oldest => _blocks.TryPeek(out BroadcastBlock? block) ? block : null;

    /// <summary>Adds a block.</summary>
    internal void Add(BroadcastBlock block) => _blocks.Enqueue(block);

    /// <summary>No block follows. A reader that gets bare records knows the end by the end of its pipe.</summary>
    internal void AddEnd() => _endFollows = _framed;

    /// <summary>Nothing of it shall be sent any more: its blocks are let go.</summary>
    internal void Clear()
    {
        while (_blocks.TryDequeue(out BroadcastBlock? block))
        {
            block.Release();
        }

        _endFollows = false;
    }

    /// <summary>Takes what is to be sent next.</summary>
    /// <param name="offered">The memory that the reader may be offered, if there is such.</param>
    /// <param name="sender">What is known of the sender's pages, for the header.</param>
    /// <param name="recordsSent">The records that were sent before.</param>
    /// <param name="next">It; one without a block leaves the block that it comes before in the queue.</param>
    internal unsafe bool TryTake(OfferedBlocks? offered, RecordStreamFlags sender, long recordsSent, out LaneSend next)
    {
        next = default;
        if (IsEmpty)
        {
            return false;
        }

        // SAFETY: this object's own, and pinned until the stream has ended and nothing is sent any more.
        Span<byte> message = new((void*)_message.Address, _message.Length);
        int length = TakeHeader(message, sender);
        message = message[length..];
        if (Oldest is not { } block)
        {
            RecordStreamFormat.WriteBlockHeader(message[..RecordStreamFormat.BlockHeaderLength], 0, recordsSent);
            _endFollows = false;
            next = Message(length + RecordStreamFormat.BlockHeaderLength) with { IsEnd = true };
            return true;
        }

        bool isLong = block.Bytes >= InPlaceSender.LeastBytes && block.Place >= 0;
        if (isLong && _memory.IsJoined)
        {
            _blocks.Dequeue();
            _memory.Announce(block, RecordStreamFormat.BlockHeaderLength).Write(message);
            next = Message(length + BlockReference.Length) with { Records = block.Records };
            return true;
        }

        if (isLong && TryOffer(offered))
        {
            _memory.Invitation.Write(message);
            length += Invitation.Length;
        }

        next = length != 0 ? Message(length) : BytesOf(_blocks.Dequeue());
        return true;
    }

    /// <summary>What says that no more comes and that this was not all, behind the header where that was not sent.</summary>
    internal byte[] AbandonedMark(long recordsSent)
    {
        byte[] mark = new byte[_headerLength + RecordStreamFormat.BlockHeaderLength];
        int length = TakeHeader(mark, RecordStreamFlags.None);
        RecordStreamFormat.WriteBlockHeader(mark.AsSpan(length, RecordStreamFormat.BlockHeaderLength), RecordStreamFormat.Abandoned, recordsSent);
        return mark[..(length + RecordStreamFormat.BlockHeaderLength)];
    }

    /// <summary>Nothing is taken any more, and nothing that was taken is still sent.</summary>
    internal void Unpin() => _message.Unpin();

    private LaneSend Message(int length) => new(_message.Address, (nuint)length);

    private LaneSend BytesOf(BroadcastBlock block)
    {
        // A block's header is of use where the others are.
        nuint headerLength = _framed ? 0 : (nuint)RecordStreamFormat.BlockHeaderLength;
        return new LaneSend(block.Address + (nint)headerLength, block.Bytes - headerLength, block.Records, block);
    }

    private int TakeHeader(Span<byte> destination, RecordStreamFlags sender)
    {
        if (!_framed || _headerTaken)
        {
            return 0;
        }

        _headerTaken = true;
        RecordStreamFormat.WriteHeader(destination[.._headerLength], _layout, sender);
        return _headerLength;
    }

    private bool TryOffer(OfferedBlocks? blocks)
    {
        if (!_mayOffer || blocks is null)
        {
            return false;
        }

        _mayOffer = false;
        return _memory.TryOffer(blocks);
    }
}
