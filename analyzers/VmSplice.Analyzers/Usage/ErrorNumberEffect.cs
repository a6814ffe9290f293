using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>Whether a call leaves the error number of an earlier one alone, told by what is known of the method.</summary>
internal static class ErrorNumberEffect
{
    public static ErrorEffect Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            return ErrorEffect.None;
        }

        if (NativeNames.EntryPoint(method) is not null)
        {
            return NativeNames.KeepsErrorNumber(method) == true ? ErrorEffect.Replaces : ErrorEffect.None;
        }

        if (method.DeclaringSyntaxReferences.Length > 0)
        {
            return CallsNothing(method, cancellation) ? ErrorEffect.None : ErrorEffect.MayOverwrite;
        }

        return LibraryErrorNumber.IsKeptBy(method) ? ErrorEffect.None : ErrorEffect.MayOverwrite;
    }

    private static bool CallsNothing(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in method.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax(cancellation).DescendantNodes())
            {
                if (node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or UsingStatementSyntax)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
