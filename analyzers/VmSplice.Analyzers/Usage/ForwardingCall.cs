using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// Calls that hand on the pages of a stream instead of reading them. SpliceReader's own are none: they copy where the
/// sender reuses its pages.
/// </summary>
internal static class ForwardingCall
{
    /// <summary>The stream that is forwarded, or null where <paramref name="call"/> forwards none.</summary>
    public static ExpressionSyntax? Source(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        string? name = CalledName.Of(call);
        if (name is null || call.ArgumentList.Arguments.Count < 4
            || name.IndexOf("splice", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("tee", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return null;
        }

        return model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && NativeNames.EntryPoint(method) is "splice" or "tee"
            ? call.ArgumentList.Arguments[0].Expression
            : null;
    }
}
