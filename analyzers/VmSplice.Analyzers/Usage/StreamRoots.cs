using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>The variable that stands for a whole pipe: what its handles, ends, readers and writers were taken from.</summary>
internal sealed class StreamRoots(SemanticModel model, SyntaxNode scope, CancellationToken cancellation)
{
    private const int LongestChain = 8;

    public SemanticModel Model => model;

    public SyntaxNode Scope => scope;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The variable, or null where the expression does not lead to one.</summary>
    public ISymbol? Of(ExpressionSyntax expression) => Of(expression, LongestChain);

    private ISymbol? Of(ExpressionSyntax expression, int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Of(parenthesized.Expression, depth);
            case CastExpressionSyntax cast:
                return Of(cast.Expression, depth);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                return Of(sure.Operand, depth);
            case ElementAccessExpressionSyntax element:
                return Of(element.Expression, depth);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReadHandle" or "WriteHandle" or "Handle" or "SafePipeHandle"
                or "ClientSafePipeHandle" } part:
                return Of(part.Expression, depth - 1);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call:
                return access.Name.Identifier.ValueText switch
                {
                    "OpenReader" or "OpenWriter" or "DangerousGetHandle" or "ToInt32" or "GetClientHandleAsString" => Of(access.Expression, depth - 1),
                    "Open" when call.ArgumentList.Arguments.Count > 0 => Of(call.ArgumentList.Arguments[0].Expression, depth - 1),
                    _ => null,
                };
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }:
                // new SafePipeHandle(handle, …), new AnonymousPipeClientStream(direction, handle).
                foreach (ArgumentSyntax argument in arguments)
                {
                    if (Of(argument.Expression, depth - 1) is { } root)
                    {
                        return root;
                    }
                }

                return null;
            case SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }:
                return OfVariable(expression, depth);
            default:
                return null;
        }
    }

    private ISymbol? OfVariable(ExpressionSyntax name, int depth)
    {
        ISymbol? symbol = model.GetSymbolInfo(name, cancellation).Symbol;
        if (symbol is not (ILocalSymbol or IParameterSymbol or IPropertySymbol or IFieldSymbol { IsConst: false }))
        {
            return null;
        }

        // A variable that was itself taken from a pipe stands for that pipe.
        return OnlyValue(symbol) is { } value && Of(value, depth - 1) is { } deeper ? deeper : symbol;
    }

    /// <summary>What a call of a method that nobody else sees gives to a parameter.</summary>
    private ExpressionSyntax? ArgumentFor(InvocationExpressionSyntax call, IParameterSymbol parameter)
        => model.GetOperation(call, cancellation) is IInvocationOperation { Arguments: var arguments }
            && arguments.FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.Parameter?.OriginalDefinition,
            parameter.OriginalDefinition)) is { Value.Syntax: ExpressionSyntax value } ? value : null;

    private ExpressionSyntax? OnlyValue(ISymbol variable)
    {
        ExpressionSyntax? only = null;
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            ExpressionSyntax? value = node switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
                    when declarator.Identifier.ValueText == variable.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(declarator, cancellation), variable) => initial,
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                    when assignment.Left is SimpleNameSyntax or MemberAccessExpressionSyntax
                    && assignment.Left.ToString().EndsWith(variable.Name, StringComparison.Ordinal)
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancellation).Symbol, variable) => assignment.Right,
                InvocationExpressionSyntax call when variable is IParameterSymbol { RefKind: not RefKind.Out,
                    ContainingSymbol: IMethodSymbol { Name: var called, DeclaredAccessibility: Accessibility.Private or Accessibility.NotApplicable } } given
                    && CalledName.Of(call) == called => ArgumentFor(call, given),
                _ => null,
            };
            if (value is null || value.IsKind(SyntaxKind.NullLiteralExpression))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = value;
        }

        return only;
    }
}
