using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>The convenient members that the generator adds to a type, where the user has something else of that name.</summary>
internal static class TakenNames
{
    /// <summary>The member, and what to write in its place.</summary>
    private static readonly (string Name, string Instead)[] s_ofRecord =
    [
        ("CreateWriter", "new RecordWriter<{0}>(writer)"),
        ("CreateReader", "new RecordReader<{0}>(reader)"),
    ];

    private static readonly (string Name, string Instead)[] s_ofBuffer =
    [
        ("State", "((ISpliceableBuffer<{0}>)buffer).Pages.State"),
        ("Allocate", "VmSplice.CompilerServices.BufferFactory.Allocate<{0}>()"),
        ("Rent", "VmSplice.CompilerServices.BufferFactory.Rent<{0}>(writer)"),
        ("RentUninitialized", "VmSplice.CompilerServices.BufferFactory.RentUninitialized<{0}>(writer)"),
        ("Receive", "reader.Receive<{0}>()"),
        ("TryReceive", "reader.TryReceive<{0}>()"),
    ];

    /// <summary>Whether the generator may add a member of this name.</summary>
    public static bool IsFree(INamedTypeSymbol type, string name)
        => type.Name != name && type.GetMembers(name).All(BufferParser.IsGenerated);

    /// <summary>One finding for each member that is left out, unless the user's own does the same.</summary>
    public static IEnumerable<Finding> Find(INamedTypeSymbol type)
    {
        foreach ((string name, string instead) in type.TypeKind == TypeKind.Class ? s_ofBuffer : s_ofRecord)
        {
            ISymbol? own = type.Name == name ? type : type.GetMembers(name).FirstOrDefault(member => !BufferParser.IsGenerated(member));
            if (own is not null && !IsReplacement(type, own))
            {
                string what = ReferenceEquals(own, type) ? "itself is" : "has a member";
                yield return new Finding(RuleIds.TakenName, own.Locations[0], type.Name, what, name,
                    string.Format(System.Globalization.CultureInfo.InvariantCulture, instead, type.Name));
            }
        }
    }

    /// <summary>A factory of the user's, or a property that says who has the memory.</summary>
    private static bool IsReplacement(INamedTypeSymbol type, ISymbol own) => own switch
    {
        IMethodSymbol { IsStatic: true, ReturnType: INamedTypeSymbol made } => SymbolEqualityComparer.Default.Equals(made, type)
            || (made.TypeArguments.Length == 1 && SymbolEqualityComparer.Default.Equals(made.TypeArguments[0], type)),
        IPropertySymbol { Type.Name: "PageBufferState" } => true,
        _ => false,
    };
}
