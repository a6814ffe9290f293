namespace VmSplice;

/// <summary>
/// Marks a <see langword="partial"/> struct as a record that crosses a pipe as its bytes in memory, or a
/// <see langword="partial"/> class as a buffer of <see cref="SegmentAttribute">[Segment]</see> properties. The generator
/// proves the layout and implements <see cref="ISpliceable{TSelf}"/> or <see cref="ISpliceableBuffer{TSelf}"/>.
/// </summary>
/// <remarks>
/// A record is unmanaged, has no padding, no references, pointers or handles, and the same size on every platform; so is
/// an element of a segment. Rules VMS1001 to VMS1013 say what is wrong with one that is not, and what to do.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class SpliceableAttribute : Attribute;
