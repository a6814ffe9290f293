using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.CompilerServices;

/// <summary>What one item of a text or a list is: how many bytes, how aligned, and which bytes are none. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TailItem
{
    private protected TailItem(int size, int alignment, bool needsValidation)
    {
        Size = size;
        Alignment = alignment;
        NeedsValidation = needsValidation;
    }

    /// <summary>Gets what a text consists of: bytes, whatever they are.</summary>
    public static TailItem Text { get; } = new AnyBytes(1, 1);

    /// <summary>Gets the size of an item in bytes.</summary>
    internal int Size { get; }

    /// <summary>Gets what an item's place in a block is a multiple of, in bytes: at most 16.</summary>
    internal int Alignment { get; }

    /// <summary>Numbers: any bytes are some.</summary>
    /// <typeparam name="TItem">A number.</typeparam>
    public static TailItem Number<TItem>()
        where TItem : unmanaged
        => new AnyBytes(Unsafe.SizeOf<TItem>(), AlignmentOf<TItem>());

    /// <summary>Records, whose fields are checked when they arrive.</summary>
    /// <typeparam name="TItem">The record.</typeparam>
    public static TailItem Record<TItem>()
        where TItem : unmanaged, ISpliceable<TItem>
        => TItem.NeedsValidation ? new CheckedRecords<TItem>() : Number<TItem>();

    /// <summary>Gets whether some bytes are no item. Where it is <see langword="false"/>, <see cref="IndexOfInvalid"/> need not be called.</summary>
    internal bool NeedsValidation { get; }

    /// <summary>Finds the first item whose bytes are not a value of its type.</summary>
    /// <returns>Its index, or −1 where all are valid.</returns>
    internal abstract int IndexOfInvalid(ReadOnlySpan<byte> items);

    /// <summary>What the address of a value must be a multiple of.</summary>
    internal static int AlignmentOf<TItem>()
        where TItem : unmanaged
        => Unsafe.SizeOf<BehindByte<TItem>>() - Unsafe.SizeOf<TItem>();

    // The size of the gap before the value is its alignment.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct BehindByte<TItem>
        where TItem : unmanaged
    {
#pragma warning disable IDE0051, CS0169 // Nobody reads them: their places are what is asked for.
        private readonly byte _first;
        private readonly TItem _second;
#pragma warning restore IDE0051, CS0169
    }

    private sealed class AnyBytes(int size, int alignment) : TailItem(size, alignment, needsValidation: false)
    {
        internal override int IndexOfInvalid(ReadOnlySpan<byte> items) => -1;
    }

    private sealed class CheckedRecords<TItem>() : TailItem(Unsafe.SizeOf<TItem>(), AlignmentOf<TItem>(), needsValidation: true)
        where TItem : unmanaged, ISpliceable<TItem>
    {
        internal override int IndexOfInvalid(ReadOnlySpan<byte> items)
        {
            ReadOnlySpan<TItem> records = MemoryMarshal.Cast<byte, TItem>(items);
            for (int i = 0; i < records.Length; i++)
            {
                if (TItem.IndexOfInvalidField(in records[i]) >= 0)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
