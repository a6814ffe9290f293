using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

        return IsPlain(method) ? ErrorEffect.None : ErrorEffect.MayOverwrite;
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

    // The base library computes without native calls, except where it deals with files, consoles, sockets, processes, handles and waiting.
    private static bool IsPlain(IMethodSymbol method)
    {
        if (method.Name is "Dispose" or "Close" or "DisposeAsync" or "DangerousRelease" or "SetHandleAsInvalid")
        {
            return false;
        }

        INamedTypeSymbol? type = method.ContainingType;
        if (type is null)
        {
            return true;
        }

        for (INamespaceSymbol outer = type.ContainingNamespace; outer is { IsGlobalNamespace: false }; outer = outer.ContainingNamespace)
        {
            if (outer.ContainingNamespace is { IsGlobalNamespace: true })
            {
                return outer.Name == "System" && type.ContainingNamespace.ToDisplayString() switch
                {
                    "System" => type.Name is not ("Console" or "Environment" or "AppContext"),
                    "System.Runtime.InteropServices" => type.Name is not ("NativeLibrary" or "SafeHandle")
                        && !method.Name.StartsWith("SetLast", StringComparison.Ordinal),
                    "System.Diagnostics" => type.Name is "Debug" or "Stopwatch",
                    "System.Threading" => type.Name is "Interlocked" or "Volatile" or "CancellationToken",
                    var name => name.StartsWith("System.Runtime", StringComparison.Ordinal)
                        || name.StartsWith("System.Collections", StringComparison.Ordinal)
                        || name is "System.Linq" or "System.Text" or "System.Numerics" or "System.Buffers" or "System.Globalization",
                };
            }
        }

        return false;
    }
}
