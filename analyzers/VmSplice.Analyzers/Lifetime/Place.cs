using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// Where a value is kept: a local, a parameter, a captured temporary, a field of one of these, of <c>this</c> or of a
/// type. Two places are one where their root and their path are.
/// </summary>
internal sealed class Place(object root, string path) : IEquatable<Place>
{
    /// <summary>Longer paths are not followed.</summary>
    private const int MaxPath = 96;

    private readonly int _hash = (root.GetHashCode() * 31) + (path.Length == 0 ? 0 : StringComparer.Ordinal.GetHashCode(path));

    /// <summary>The root of the fields of <c>this</c>.</summary>
    public static object This { get; } = "this";

    /// <summary>The root of static fields; their path carries the type.</summary>
    public static object Statics { get; } = "static";

    public object Root => root;

    /// <summary>Names of fields, each after a dot.</summary>
    public string Path => path;

    /// <summary>What messages call it: the last field, or the variable.</summary>
    public string Name => path.Length > 0 ? path.Substring(path.LastIndexOf('.') + 1) : root is ISymbol symbol ? symbol.Name : "it";

    /// <summary>Whether it outlives the body.</summary>
    public bool IsLasting => ReferenceEquals(root, This) || ReferenceEquals(root, Statics);

    [MethodImpl(Hot.Path)]
    public Place? Field(string name) => path.Length + name.Length < MaxPath ? new Place(root, path + "." + name) : null;

    [MethodImpl(Hot.Path)]
    public bool IsIn(Place holder)
        => Equals(root, holder.Root) && path.Length > holder.Path.Length
        && path.StartsWith(holder.Path, StringComparison.Ordinal) && path[holder.Path.Length] == '.';

    public Place Move(Place from, Place to) => new(to.Root, to.Path + path.Substring(from.Path.Length));

    [MethodImpl(Hot.Path)]
    public bool Equals(Place? other) => other is not null && _hash == other._hash && path == other.Path && Equals(root, other.Root);

    [MethodImpl(Hot.Path)]
    public override bool Equals(object? obj) => Equals(obj as Place);

    public override int GetHashCode() => _hash;
}
