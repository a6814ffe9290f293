using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Where a value is kept: a local, a parameter, a captured temporary, a field of one of these, of <c>this</c> or of a
/// type. Two access paths are one where their root and their fields are.
/// </summary>
internal sealed class AccessPath(object root, string fields) : IEquatable<AccessPath>
{
    /// <summary>Longer paths are not followed.</summary>
    private const int MaxLength = 96;

    private readonly int _hash = (root.GetHashCode() * 31) + (fields.Length == 0 ? 0 : StringComparer.Ordinal.GetHashCode(fields));

    /// <summary>The root of the fields of <c>this</c>.</summary>
    public static object This { get; } = "this";

    /// <summary>The root of static fields; the path carries the type.</summary>
    public static object Statics { get; } = "static";

    public object Root => root;

    /// <summary>Names of fields, each after a dot; of an element of a list whose text is in sight, its index.</summary>
    public string Fields => fields;

    /// <summary>What messages call it: the last field, or the variable.</summary>
    public string Name => fields.Length > 0 ? fields.Substring(fields.LastIndexOf('.') + 1) : root is ISymbol symbol ? symbol.Name : "it";

    /// <summary>The same with the variable whose field it is: <c>frame.Buffer</c>.</summary>
    public string Shown => fields.Length > 0 && root is ISymbol symbol ? symbol.Name + fields : Name;

    /// <summary>Whether it outlives the body.</summary>
    public bool IsLasting => ReferenceEquals(root, This) || ReferenceEquals(root, Statics);

    /// <summary>The name of the field of a tuple, counted from 0.</summary>
    public static string Item(int index) => $"Item{index + 1}";

    /// <summary>The name of an element of a list, counted from 0.</summary>
    public static string Element(int index) => $"[{index}]";

    /// <summary>Null where the path would be too long.</summary>
    public AccessPath? Field(string name) => fields.Length + name.Length < MaxLength ? new AccessPath(root, fields + "." + name) : null;

    public bool IsIn(AccessPath holder)
        => Equals(root, holder.Root) && fields.Length > holder.Fields.Length
        && fields.StartsWith(holder.Fields, StringComparison.Ordinal) && fields[holder.Fields.Length] == '.';

    public AccessPath Move(AccessPath from, AccessPath to) => new(to.Root, to.Fields + fields.Substring(from.Fields.Length));

    public bool Equals(AccessPath? other) => other is not null && _hash == other._hash && fields == other.Fields && Equals(root, other.Root);

    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    public override int GetHashCode() => _hash;
}
