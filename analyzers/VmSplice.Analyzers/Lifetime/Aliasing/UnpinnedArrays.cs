using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Private readonly fields that are declared with a new array, which no member of their type pins or lets anybody else have: it may move at any time.
/// </summary>
internal sealed class UnpinnedArrays
{
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool IsIn(ISymbol member) => _known.GetOrAdd(member, static one => Find(one));

    private static bool Find(ISymbol member)
    {
        if (member is not IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: { Length: 1 } declared }
            || declared[0].GetSyntax() is not VariableDeclaratorSyntax
            {
                Initializer.Value: ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or InitializerExpressionSyntax,
            })
        {
            return false;
        }

        foreach (SyntaxReference part in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in part.GetSyntax().DescendantNodes())
            {
                if (node is SimpleNameSyntax { Identifier.ValueText: var name } mention
                    && (Pins(name) || (name == member.Name && MayLeave(mention))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Pins(string name) => name is "GCHandle" or "PinnedGCHandle" or "GCHandleType" or "Pin" or "MemoryHandle";

    /// <summary>Whether the array as such goes from a mention into a variable, to a caller, or to a method that is not known to leave it alone.</summary>
    private static bool MayLeave(SimpleNameSyntax mention)
    {
        ExpressionSyntax whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
        return whole.Parent switch
        {
            ElementAccessExpressionSyntax element => element.Expression != whole,
            MemberAccessExpressionSyntax member => member.Expression != whole || member.Name.Identifier.ValueText == "AsMemory",
            ForEachStatementSyntax loop => loop.Expression != whole,
            ArgumentSyntax
            {
                RefKindKeyword.RawKind: (int)SyntaxKind.None,
                Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } type } },
            } => NameOf(type) is not ("Marshal" or "MemoryMarshal" or "Unsafe" or "Array" or "Buffer"),
            _ => !IsNameOf(whole),
        };
    }

    private static bool IsNameOf(ExpressionSyntax whole)
        => whole.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    private static string NameOf(ExpressionSyntax type) => type switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
