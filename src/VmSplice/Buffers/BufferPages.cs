using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Buffers;
using VmSplice.Diagnostics;
using VmSplice.Memory;

namespace VmSplice.CompilerServices;

/// <summary>
/// The memory of one buffer, the lengths of its segments, and the ticket that says whose it is. For generated code; once
/// the buffer was sent, gifted or disposed, every access throws.
/// </summary>
/// <remarks>Not for several threads at once. A buffer that is neither sent nor disposed stays mapped (VMS2013).</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class BufferPages
{
    private readonly PageBlock _block;
    private readonly long _ticket;
    private readonly SegmentPlaces _places;
    private readonly int[] _lengths;

    // For each segment whose length varies, the elements that were cleared or are the caller's. Null where nothing has to be cleared.
    private readonly int[]? _clean;

    private BufferPages(PageBlock block, long ticket, BufferLayout layout, SegmentPlaces places, bool clear)
    {
        _block = block;
        _ticket = ticket;
        _places = places;
        Layout = layout;
        _lengths = new int[layout.Items.Length];
        for (int i = 0; i < _lengths.Length; i++)
        {
            _lengths[i] = layout.Items[i].IsVariable ? 0 : layout.Items[i].Length;
        }

        if (clear && block.Dirty != 0)
        {
            for (int i = 0; i < _lengths.Length; i++)
            {
                Clear(i, 0, _lengths[i]);
            }

            _clean = layout.VariableSegments == 0 ? null : new int[_lengths.Length];
        }
    }

    /// <summary>Gets the segments.</summary>
    public BufferLayout Layout { get; }

    /// <summary>Gets who has the memory. Legal in every state.</summary>
    public PageBufferState State => _block.StateFor(_ticket);

    internal int HeaderLength => _places.HeaderLength;

    /// <summary>Gets the header's own bytes, before the first segment.</summary>
    internal Span<byte> Header => new((void*)Owned().Address, _places.HeaderLength);

    /// <summary>Gets the first value of a segment by reference.</summary>
    /// <typeparam name="T">The segment's element type.</typeparam>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Value<T>(int segment)
        where T : unmanaged
        => ref Elements<T>(segment)[0];

    /// <summary>Gets the elements of a segment. They are zeros at first, unless the buffer was rented uninitialized.</summary>
    /// <typeparam name="T">The segment's element type.</typeparam>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Elements<T>(int segment)
        where T : unmanaged
    {
        int length = _lengths[segment];
        if (sizeof(T) != Layout.Items[segment].ElementSize)
        {
            throw WrongElement<T>(segment);
        }

        // SAFETY: the ticket is current, so the block's pages are mapped and this buffer's; a length never exceeds what
        // the segment's pages were taken for.
        return new Span<T>((byte*)Owned().Address + _places.OffsetOf(segment), length);
    }

    /// <summary>Gets the number of elements of a segment. Legal in every state.</summary>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    public int GetLength(int segment) => _lengths[segment];

    /// <summary>
    /// Sets the number of elements of a segment whose length varies. The last one counts: set it to the most, fill, and cut it to what
    /// was filled. Elements that were there stay.
    /// </summary>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <param name="value">0 to <see cref="BufferSegment.Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the segment holds.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public void SetLength(int segment, int value)
    {
        BufferSegment described = Layout.Items[segment];
        if ((uint)value > (uint)described.Length || (!described.IsVariable && value != described.Length))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Layout.Name}.{described.Name} holds {(described.IsVariable ? "0 to" : "exactly")} {Counted.Of(described.Length, "element")}."));
        }

        Owned();
        KeepElements(segment);
        if (_clean is not null && value > _clean[segment])
        {
            Clear(segment, _clean[segment], value);
            _clean[segment] = value;
        }

        _lengths[segment] = value;
    }

    /// <summary>Gets a segment as a text in UTF-8. Legal in every state.</summary>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    public TextSegment Text(int segment) => new(this, segment);

    /// <summary>Gets a segment as a text in UTF-16. Legal in every state.</summary>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    public CharSegment Characters(int segment) => new(this, segment);

    /// <summary>Gets a segment as a list. Legal in every state.</summary>
    /// <typeparam name="T">The segment's element type.</typeparam>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    public ListSegment<T> List<T>(int segment)
        where T : unmanaged
        => new(this, segment);

    /// <summary>Finds the first record of a segment that has an invalid field.</summary>
    /// <typeparam name="T">The segment's element type.</typeparam>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <returns>The record's index in the segment, or −1.</returns>
    public int IndexOfInvalidRecord<T>(int segment)
        where T : unmanaged, ISpliceable<T>
    {
        if (T.NeedsValidation)
        {
            Span<T> records = Elements<T>(segment);
            for (int i = 0; i < records.Length; i++)
            {
                if (T.IndexOfInvalidField(in records[i]) >= 0)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>Gives the pages back. Without effect on a buffer that was handed over or disposed before.</summary>
    public void Dispose()
    {
        if (_block.TryLeave(_ticket, PageBufferState.Disposed))
        {
            _block.Return(BlockFate.Reusable);
        }
    }

    /// <param name="pool">Whose pages.</param>
    /// <param name="layout">The segments.</param>
    /// <param name="places">Where they lie; on this machine's pages where not given.</param>
    /// <param name="clear">Whether to remove what an earlier owner left.</param>
    internal static BufferPages Rent(PagePool pool, BufferLayout layout, SegmentPlaces? places = null, bool clear = true)
    {
        places ??= layout.Places;
        PageBlock block = pool.Rent(places.Length, out long ticket);
        return new BufferPages(block, ticket, layout, places, clear);
    }

    /// <summary>The most segments that <see cref="Describe"/> gives.</summary>
    internal int MostSegments => _lengths.Length + 1;

    /// <summary>Says where everything lies that travels; segments of no length are left out.</summary>
    /// <returns>How many segments were filled in.</returns>
    internal int Describe(Span<IoVec> destination, bool header)
    {
        nint address = Owned().Address;
        int count = 0;
        if (header)
        {
            destination[count++] = new IoVec(address, (nuint)_places.HeaderLength);
        }

        for (int i = 0; i < _lengths.Length; i++)
        {
            if (_lengths[i] != 0)
            {
                destination[count++] = new IoVec(address + (nint)_places.OffsetOf(i), (nuint)SizeOf(i));
            }
        }

        return count;
    }

    internal long SizeOf(int segment) => (long)_lengths[segment] * Layout.Items[segment].ElementSize;

    internal void WriteHeader(bool recycles) => BufferHeader.Write(Header, Layout, _lengths, recycles);

    /// <summary>Takes the lengths over from a header that arrived.</summary>
    /// <exception cref="BufferStreamException">A length is beyond what its segment holds.</exception>
    internal void ReadLengths()
    {
        for (int segment = 0; segment < _lengths.Length; segment++)
        {
            KeepElements(segment);
        }

        BufferHeader.ReadLengths(Header, Layout, _lengths);
    }

    /// <summary>Cuts a segment behind its first elements and adds others, which the caller overwrites: so they are not cleared.</summary>
    /// <param name="segment">An index into <see cref="BufferLayout.Segments"/>.</param>
    /// <param name="keep">How many stay; no more than there are.</param>
    /// <param name="count">How many are added; the segment has room for them.</param>
    internal Span<T> Overwrite<T>(int segment, int keep, int count)
        where T : unmanaged
    {
        Debug.Assert(Layout.Items[segment].IsVariable && keep <= _lengths[segment] && count <= Layout.Items[segment].Length - keep, "the segment has room");
        Owned();
        KeepElements(segment);
        if (_clean is not null)
        {
            _clean[segment] = Math.Max(_clean[segment], keep + count);
        }

        _lengths[segment] = keep + count;
        return Elements<T>(segment)[keep..];
    }

    /// <summary>The bytes of one element, for messages.</summary>
    internal ReadOnlySpan<byte> BytesOf(int segment, int element)
    {
        int size = Layout.Items[segment].ElementSize;
        Debug.Assert((uint)element < (uint)_lengths[segment], "the element is there");

        // SAFETY: as in Elements.
        return new ReadOnlySpan<byte>((byte*)Owned().Address + _places.OffsetOf(segment) + ((nint)element * size), size);
    }

    /// <summary>Keeps the memory until <see cref="Release"/>: a call has its address.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was handed over or disposed before.</exception>
    internal void Use(IBlockUser user)
    {
        if (!_block.TryUse(_ticket, user))
        {
            throw NotOwned();
        }
    }

    internal void Release(IBlockUser user) => _block.Release(user);

    /// <summary>Ends the ownership and passes the block on to the caller, who must return it.</summary>
    internal PageBlock Leave(PageBufferState state)
    {
        PageBlock block = Owned();
        return block.TryLeave(_ticket, state) ? block : throw NotOwned();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PageBlock Owned() => _block.IsOwned(_ticket) ? _block : throw NotOwned();

    /// <summary>
    /// Notes that the elements of a segment are the caller's, also those that were received and never cleared: they stay where the
    /// length shrinks and grows again.
    /// </summary>
    private void KeepElements(int segment)
    {
        if (_clean is not null)
        {
            _clean[segment] = Math.Max(_clean[segment], _lengths[segment]);
        }
    }

    /// <summary>Clears elements of a segment where an earlier owner may have written.</summary>
    private void Clear(int segment, int from, int to)
    {
        // SAFETY: as in Elements; a length never exceeds what the segment's pages were taken for.
        nuint size = (nuint)Layout.Items[segment].ElementSize;
        nuint start = _places.OffsetOf(segment) + ((nuint)from * size);
        nuint end = Math.Min(_places.OffsetOf(segment) + ((nuint)to * size), _block.Dirty);
        if (end > start)
        {
            NativeMemory.Clear((byte*)_block.Address + start, end - start);
        }
    }

    private ObjectDisposedException NotOwned()
    {
        string reason = State switch
        {
            PageBufferState.Sent => "was sent; its pages may still be in flight",
            PageBufferState.Gifted => "was gifted; its pages belong to the reader",
            _ => "was disposed or sent",
        };
        return new ObjectDisposedException(Layout.Name, $"This {Layout.Name} {reason}. Sending is a move: rent another buffer for the next data.");
    }

    private ArgumentException WrongElement<T>(int segment)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"{Layout.Name}.{Layout.Items[segment].Name} has elements of {Counted.Bytes(Layout.Items[segment].ElementSize)}; {typeof(T).Name} has "
                + $"{Unsafe.SizeOf<T>()}."), nameof(segment));
}
