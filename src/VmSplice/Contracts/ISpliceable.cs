using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>
/// A record type whose layout was proved at compile time: every byte of it is a field, and every process that agrees
/// on <see cref="RecordLayout.Fingerprint"/> reads the same values out of the same bytes.
/// </summary>
/// <typeparam name="TSelf">The record type itself.</typeparam>
/// <remarks>
/// Implemented by generated code alone: mark a partial struct <see cref="SpliceableAttribute">[Spliceable]</see>. An
/// implementation by hand can lie about its layout; readers and writers check no more of it than the size.
/// </remarks>
public interface ISpliceable<TSelf>
    where TSelf : unmanaged, ISpliceable<TSelf>
{
    /// <summary>Gets where each field lies; one instance per type.</summary>
    static abstract RecordLayout Layout { get; }

    /// <summary>
    /// Gets whether some bytes are no valid record, because a field is a <see cref="bool"/> or an enum. Where it is
    /// <see langword="false"/>, <see cref="IndexOfInvalidField"/> is never called.
    /// </summary>
    static abstract bool NeedsValidation { get; }

    /// <summary>Finds the first field whose bytes are not a value of its type.</summary>
    /// <param name="record">The record as it arrived.</param>
    /// <returns>An index into <see cref="RecordLayout.Fields"/>, or −1 where every field is valid.</returns>
    static abstract int IndexOfInvalidField(ref readonly TSelf record);
}
