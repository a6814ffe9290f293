using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>The call of a record reader that copies what is left of its stream to a record writer: it sends, and does not end the stream.</summary>
internal static class RecordCopyCall
{
    /// <summary>Whether an argument is the writer that such a call copies to.</summary>
    public static bool IsTarget(ArgumentSyntax argument, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
        => argument.Parent?.Parent is InvocationExpressionSyntax call && CalledName.Of(call) is "CopyTo" or "CopyToAsync"
            && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && symbols.Of(method.ContainingType) == SpliceType.RecordReader;

    /// <summary>The same of a name, also behind <c>this.</c>.</summary>
    public static bool IsTarget(SimpleNameSyntax name, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
        => (name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own.Parent : name.Parent) is ArgumentSyntax argument
            && IsTarget(argument, model, symbols, cancellation);
}
