using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>The namespaces of the runtime: <c>VmSplice</c>, and what generated code alone calls below it. One that ends in this name is the user's.</summary>
internal static class RuntimeNamespace
{
    [MethodImpl(Hot.Path)]
    public static bool Holds(ISymbol? symbol)
        => symbol?.ContainingNamespace is { Name: "VmSplice", ContainingNamespace.IsGlobalNamespace: true }
            or { Name: "CompilerServices", ContainingNamespace: { Name: "VmSplice", ContainingNamespace.IsGlobalNamespace: true } };
}
