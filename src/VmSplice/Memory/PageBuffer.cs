using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VmSplice.Memory;

namespace VmSplice;

/// <summary>
/// Page-aligned memory that can be moved into a pipe. A handle: copies of it are the same buffer, and once it was sent,
/// gifted, frozen or disposed through one of them, every one throws <see cref="ObjectDisposedException"/>. Spans,
/// references and addresses taken from it before cannot be checked at run time; the analyzers follow them
/// (VMS2001, VMS2002), and with <c>VMSPLICE_GUARD=1</c> an access through them faults on its line.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Renting allocates nothing in steady state. <see cref="Memory"/> allocates one small object a call, which is what lets
/// a stale <see cref="Memory{T}"/> throw; use <see cref="Span"/> in hot paths.
/// </remarks>
public readonly struct PageBuffer<T> : IMemoryOwner<T>, IEquatable<PageBuffer<T>>
    where T : unmanaged
{
    private readonly PageBlock? _block;
    private readonly long _ticket;
    private readonly int _length;

    internal PageBuffer(PageBlock block, long ticket, int length)
    {
        _block = block;
        _ticket = ticket;
        _length = length;
    }

    /// <summary>Gets the length in elements. Legal in every state.</summary>
    public int Length => _length;

    /// <summary>Gets who has the pages. Legal in every state.</summary>
    public PageBufferState State => _block is null ? PageBufferState.Disposed : _block.StateFor(_ticket);

    /// <summary>
    /// Gets the elements, to be read and written until the buffer is handed over. They are zeros at first, unless the buffer was rented
    /// uninitialized.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public unsafe Span<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // SAFETY: the ticket is current, so the pages are mapped and this handle's; length was checked when renting.
            return new Span<T>((void*)Owned().Address, _length);
        }
    }

    /// <summary>Gets the elements as <see cref="Memory{T}"/>, which throws once the buffer is handed over.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public Memory<T> Memory => new PageMemoryManager<T>(Owned(), _ticket, 0, _length).Memory;

    /// <summary>Gets the address of the first element: the start of a page.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    public nint Address => Owned().Address;

    /// <summary>Gets an element by reference.</summary>
    /// <param name="index">0 to <see cref="Length"/> − 1.</param>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    /// <exception cref="IndexOutOfRangeException">No such element.</exception>
    public ref T this[int index] => ref Span[index];

    /// <summary>Compares whether two handles are the same buffer.</summary>
    public static bool operator ==(PageBuffer<T> left, PageBuffer<T> right) => left.Equals(right);

    /// <summary>Compares whether two handles are the same buffer.</summary>
    public static bool operator !=(PageBuffer<T> left, PageBuffer<T> right) => !left.Equals(right);

    /// <summary>Allocates a buffer of zeros that belongs to no writer. <see cref="SpliceWriter.Rent{T}(int)"/> is faster for what one writer sends.</summary>
    /// <param name="length">Elements. The memory is whole pages; for <see cref="SpliceWriter.Gift{T}(PageBuffer{T})"/> the elements must fill them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="NotSupportedException">The elements are records with texts or lists, which a <see cref="RecordWriter{T}"/> sends.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    [SuppressMessage(
        "Design",
        "CA1000:Do not declare static members on generic types",
        Justification = "as in GC.AllocateArray<T>; the element type cannot be inferred anyway")]
    public static PageBuffer<T> Allocate(int length) => Rent(PagePool.Shared, length);

    /// <summary>
    /// Makes the pages read-only, so that they can be sent any number of times, to any number of pipes. Consumes the
    /// buffer.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The buffer is not yours any more.</exception>
    /// <exception cref="SystemCallException">mprotect(2) failed (ENOMEM): it splits a mapping in two, of which there are vm.max_map_count at most.</exception>
    public FrozenPages<T> Freeze()
    {
        PageBlock block = Leave(PageBufferState.Frozen);
        try
        {
            block.Protect(Interop.SysMman.PROT_READ);
            return new FrozenPages<T>(block, _length);
        }
        catch (SystemCallException)
        {
            // A part may be read-only by now, and such pages are not handed out again.
            if (block.TryProtect(Interop.SysMman.PROT_READ | Interop.SysMman.PROT_WRITE))
            {
                block.Return(BlockFate.Reusable);
            }

            throw;
        }
    }

    /// <summary>Gives the pages back. Without effect on a buffer that was handed over or disposed before.</summary>
    public void Dispose()
    {
        if (_block is not null && _block.TryLeave(_ticket, PageBufferState.Disposed))
        {
            _block.Return(BlockFate.Reusable);
        }
    }

    /// <inheritdoc/>
    public bool Equals(PageBuffer<T> other) => ReferenceEquals(_block, other._block) && _ticket == other._ticket;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PageBuffer<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_block, _ticket);

    internal static unsafe PageBuffer<T> Rent(PagePool pool, int length, bool clear = true)
    {
        PlainValues.ThrowIfTexts<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = (nuint)length * (nuint)sizeof(T);
        PageBlock block = pool.Rent(bytes, out long ticket);
        if (clear)
        {
            block.Clear(bytes);
        }

        return new PageBuffer<T>(block, ticket, length);
    }

    /// <summary>The bytes of the first elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has.</exception>
    internal unsafe nuint BytesOf(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        return (nuint)length * (nuint)sizeof(T);
    }

    /// <summary>Ends this handle's ownership and passes the block on to the caller, who must return or keep it.</summary>
    internal PageBlock Leave(PageBufferState state)
    {
        PageBlock block = Owned();
        return block.TryLeave(_ticket, state) ? block : throw NotOwned();
    }

    /// <summary>The memory for a read that may wait: each attempt asks whether this handle is still the owner's.</summary>
    internal ReadDestination AsReadDestination(int bytes) => new(Owned().Address, bytes, _block, _ticket);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PageBlock Owned() => _block is not null && _block.IsOwned(_ticket) ? _block : throw NotOwned();

    private ObjectDisposedException NotOwned()
    {
        string reason = State switch
        {
            PageBufferState.Sent => "was sent; its pages may still be in flight",
            PageBufferState.Gifted => "was gifted; its pages belong to the reader",
            PageBufferState.Frozen => "was frozen; use the FrozenPages that Freeze returned",
            _ => "was disposed or sent",
        };
        return new ObjectDisposedException(
            $"PageBuffer<{typeof(T).Name}>",
            _block is null
                ? "This buffer was never rented. Rent one: SpliceWriter.Rent."
                : $"This buffer {reason}. Sending is a move: rent another buffer for the next data.");
    }
}
