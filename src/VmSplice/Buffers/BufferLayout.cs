using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using VmSplice.Buffers;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.CompilerServices;

/// <summary>The segments of a buffer. Each starts on a page, and nothing else lies in its pages.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BufferLayout
{
    private readonly BufferSegment[] _segments;

    /// <summary>Creates a layout. Called by generated code.</summary>
    /// <param name="name">The full name of the buffer type.</param>
    /// <param name="fingerprint">64 bits that differ for layouts that differ in a segment's name, elements or length.</param>
    /// <param name="segments">The segments in the order in which they travel.</param>
    /// <exception cref="ArgumentException">No segment, more than <see cref="Limits.IOV_MAX"/>, or one without a size.</exception>
    public BufferLayout(string name, ulong fingerprint, params ReadOnlySpan<BufferSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (segments.Length is 0 or > Limits.IOV_MAX)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} has {segments.Length} segments; a buffer has 1 to {Limits.IOV_MAX} (IOV_MAX)."), nameof(segments));
        }

        Name = name;
        Fingerprint = fingerprint;
        _segments = segments.ToArray();
        Segments = new ReadOnlyCollection<BufferSegment>(_segments);
        foreach (BufferSegment segment in segments)
        {
            if (segment.ElementSize <= 0 || segment.Length <= 0)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}.{segment.Name} has {Counted.Of(segment.Length, "element")} of "
                        + $"{Counted.Bytes(segment.ElementSize)}; both must be positive."), nameof(segments));
            }

            Size += segment.Size;
            VariableSegments += segment.IsVariable ? 1 : 0;
        }

        Places = new SegmentPlaces(this, Environment.SystemPageSize);
    }

    /// <summary>Gets the full name of the buffer type. Not part of the fingerprint: a renamed type is the same buffer.</summary>
    public string Name { get; }

    /// <summary>Gets 64 bits that differ for layouts that differ. Carried before each buffer and compared on arrival.</summary>
    public ulong Fingerprint { get; }

    /// <summary>Gets the segments in the order in which they travel.</summary>
    public IReadOnlyList<BufferSegment> Segments { get; }

    /// <summary>Gets the bytes of all segments together; the most of them, where a length varies.</summary>
    public long Size { get; }

    internal ReadOnlySpan<BufferSegment> Items => _segments;

    internal int VariableSegments { get; }

    /// <summary>Gets what the header before a buffer tells of the segments.</summary>
    internal LayoutSketch Sketch => field ??= new LayoutSketch("segment",
    [
        .. Segments.Select(one => (
            one.Name,
            string.Create(CultureInfo.InvariantCulture, $"{(one.IsVariable ? "at most " : "")}{one.Length} of {one.Type}"),
            string.Create(CultureInfo.InvariantCulture, $"{one.Name}\n{one.Type}\n{one.ElementSize}\n{one.Length}\n{one.IsVariable}\n"))),
    ]);

    /// <summary>Gets where the segments lie on this machine.</summary>
    internal SegmentPlaces Places { get; }

    /// <summary>Prints the layout as a table: bytes, type and name of each segment.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {Counted.Of(Segments.Count, "segment")}, "
            + $"{(VariableSegments == 0 ? "" : "at most ")}{Counted.Bytes(Size)}, fingerprint {Fingerprint:x16}");
        foreach (BufferSegment segment in Segments)
        {
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"{segment.Size,12}  {segment.Type}[{(segment.IsVariable ? "0.." : "")}{segment.Length}] {segment.Name}");
        }

        return text.ToString();
    }
}
