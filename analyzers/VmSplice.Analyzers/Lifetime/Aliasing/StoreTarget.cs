using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// The target of an assignment once its object and its indices are evaluated. C# does that before it evaluates the value: in
/// <c>table[buffer[0]] = Ship(buffer)</c> the buffer is read while it is owned.
/// </summary>
internal readonly struct StoreTarget(IOperation operation, AccessPath? segments, PointsToSet? memory, AccessPath? path)
{
    public IOperation Operation => operation;

    /// <summary>The list of segments that the target is a part of; null where it is in none.</summary>
    public AccessPath? Segments => segments;

    /// <summary>The memory that the target is an element of; null where it is none.</summary>
    public PointsToSet? Memory => memory;

    /// <summary>The variable or field; null of a discard, and of a property or indexer with code behind it.</summary>
    public AccessPath? Path => path;
}
