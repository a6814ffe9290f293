using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>The namespace of the runtime's types, <c>VmSplice</c>: one that ends in this name is the user's.</summary>
internal static class RuntimeNamespace
{
    [MethodImpl(Hot.Path)]
    public static bool Holds(ISymbol? symbol)
        => symbol?.ContainingNamespace is { Name: "VmSplice", ContainingNamespace.IsGlobalNamespace: true };
}
