using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>What a member does with a variable of a structure: by its text, without order.</summary>
internal sealed class VariableUses
{
    private VariableUses()
    {
    }

    /// <summary>Parts of it are written, or it is passed by reference, and goes on being the same variable.</summary>
    public List<SyntaxNode> Writes { get; } = [];

    /// <summary>It is assigned as a whole.</summary>
    public List<ExpressionSyntax> Assignments { get; } = [];

    /// <summary>Its value is used.</summary>
    public bool IsRead { get; private set; }

    public static VariableUses Of(ISymbol variable, SyntaxNode scope, SemanticModel model, CancellationToken cancellation)
    {
        var uses = new VariableUses();
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable))
            {
                uses.Add(name, model, cancellation);
            }
        }

        return uses;
    }

    private void Add(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancellation)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name;
        while (whole.Parent is ParenthesizedExpressionSyntax around)
        {
            whole = around;
        }

        ExpressionSyntax part = whole;
        while (part.Parent is MemberAccessExpressionSyntax member && member.Expression == part && member.Parent is not InvocationExpressionSyntax
            || part.Parent is ElementAccessExpressionSyntax element && element.Expression == part || part.Parent is ParenthesizedExpressionSyntax)
        {
            part = (ExpressionSyntax)part.Parent!;
        }

        switch (part.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == part:
                // tick = tick with { … } changes it, as an assignment of a field does.
                bool changesItself = assignment.Right is WithExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var copied } }
                    && copied == name.Identifier.ValueText;
                if (part == whole && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && !changesItself)
                {
                    Assignments.Add(assignment.Right);
                }
                else
                {
                    Writes.Add(part);
                }

                break;
            case ArgumentSyntax { Parent: TupleExpressionSyntax tuple } when IsTarget(tuple):
                if (part == whole)
                {
                    // Something else is in it from then on.
                    Assignments.Add(part);
                }
                else
                {
                    Writes.Add(part);
                }

                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }:
                Writes.Add(part);
                break;
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword }:
                Writes.Add(part);
                break;
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword }:
                if (part == whole)
                {
                    // Something else is in it from then on.
                    Assignments.Add(part);
                }
                else
                {
                    Writes.Add(part);
                }

                break;
            case RefExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type: RefTypeSyntax type } } }
                when type.ReadOnlyKeyword.RawKind == 0:
                Writes.Add(part);
                break;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } when Changes(call, model, cancellation):
                Writes.Add(part);
                break;
            default:
                IsRead = true;
                break;
        }
    }

    /// <summary>Whether a tuple is what a deconstruction assigns to.</summary>
    private static bool IsTarget(TupleExpressionSyntax tuple)
    {
        ExpressionSyntax outer = tuple;
        while (outer.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax around })
        {
            outer = around;
        }

        return outer.Parent is AssignmentExpressionSyntax assignment && assignment.Left == outer;
    }

    /// <summary>A method without a result that is not readonly, or an extension of the variable itself: what else would it be for.</summary>
    private static bool Changes(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
        => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ReturnsVoid: true, IsStatic: false } method
        && (method.ReducedFrom is { } extension
            ? extension.Parameters[0].RefKind == RefKind.Ref : method is { IsReadOnly: false, ContainingType.IsValueType: true });
}
