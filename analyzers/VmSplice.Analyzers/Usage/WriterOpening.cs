using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Usage;

/// <summary>The writers that are opened with options in which a given expression stands.</summary>
internal static class WriterOpening
{
    /// <summary>The pipes of these writers.</summary>
    public static IEnumerable<ISymbol> With(ExpressionSyntax option, StreamRoots streams)
    {
        for (SyntaxNode? node = option; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call })
            {
                if (Pipe(call, streams) is { } pipe)
                {
                    yield return pipe;
                }

                yield break;
            }
        }

        // Options that are kept in a variable first.
        if (Variable(option, streams) is not { } variable)
        {
            yield break;
        }

        foreach (SyntaxNode node in streams.Scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } use
                && use.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(streams.Model.GetSymbolInfo(use, streams.Cancellation).Symbol, variable)
                && Pipe(call, streams) is { } pipe)
            {
                yield return pipe;
            }
        }
    }

    private static ISymbol? Pipe(InvocationExpressionSyntax call, StreamRoots streams) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "OpenWriter" } access => streams.Of(access.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Open" } => streams.Of(call.ArgumentList.Arguments[0].Expression),
        _ => null,
    };

    private static ISymbol? Variable(SyntaxNode option, StreamRoots streams)
    {
        for (SyntaxNode? node = option; node is not null; node = node.Parent)
        {
            if (node is VariableDeclaratorSyntax declarator)
            {
                return streams.Model.GetDeclaredSymbol(declarator, streams.Cancellation);
            }

            if (node is StatementSyntax or MemberDeclarationSyntax)
            {
                return null;
            }
        }

        return null;
    }
}
