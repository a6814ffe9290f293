using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// A field of <c>this</c>, or a static one, by its full name: what a body stores there it finds there again, until it calls code that may change it.
/// </summary>
internal sealed record FieldPlace(string Name)
{
    /// <summary>Null of what is no such field.</summary>
    public static FieldPlace? Of(IOperation? operation) => operation switch
    {
        IFieldReferenceOperation field when IsOwn(field) => new(StoredMembers.NameOf(field.Field)),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property when IsOwn(property) && StoredMembers.FieldOf(property.Property) is not null
            => new(StoredMembers.NameOf(property.Property)),
        _ => null,
    };

    private static bool IsOwn(IMemberReferenceOperation member)
        => member.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
}
