using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Fields that get an array of <c>GC.AllocateArray(…, pinned: true)</c> somewhere in their type: it never moves.</summary>
internal sealed class PinnedArrays
{
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool IsIn(ISymbol member) => _known.GetOrAdd(member, static one => Find(one));

    private static bool Find(ISymbol member)
    {
        foreach (SyntaxReference declaration in member.ContainingType?.DeclaringSyntaxReferences ?? [])
        {
            foreach (SyntaxNode node in declaration.GetSyntax().DescendantNodes())
            {
                ExpressionSyntax? value = node switch
                {
                    VariableDeclaratorSyntax variable when variable.Identifier.ValueText == member.Name => variable.Initializer?.Value,
                    PropertyDeclarationSyntax property when property.Identifier.ValueText == member.Name => property.Initializer?.Value,
                    AssignmentExpressionSyntax assignment when Excerpt.OfTarget(assignment.Left) == member.Name => assignment.Right,
                    _ => null,
                };
                if (value is InvocationExpressionSyntax call && (IsPinned(call) || MakesPinned(call, member.ContainingType!)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A helper of the same type that makes such an array, and may fill it.</summary>
    private static bool MakesPinned(InvocationExpressionSyntax call, INamedTypeSymbol type)
        => call.Expression is IdentifierNameSyntax { Identifier.ValueText: var name }
        && type.GetMembers(name).Any(static one => one is IMethodSymbol { ReturnType: IArrayTypeSymbol } && one.DeclaringSyntaxReferences.Any(static part =>
            part.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(IsPinned)));

    private static bool IsPinned(InvocationExpressionSyntax call)
    {
        string name = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } ? member : "";
        if (name is not ("AllocateArray" or "AllocateUninitializedArray"))
        {
            return false;
        }

        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        for (int i = 0; i < arguments.Count; i++)
        {
            bool isPinned = arguments[i].NameColon is { } named ? named.Name.Identifier.ValueText == "pinned" : i == 1;
            if (isPinned)
            {
                return arguments[i].Expression.ToString() != "false";
            }
        }

        return false;
    }
}
