using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>A copy of a record in the pipe, and the first write to it.</summary>
internal readonly struct RecordCopy(ISymbol? variable, SyntaxNode source, SyntaxNode write)
{
    /// <summary>Null of the nameless copy that <c>with</c> makes.</summary>
    public ISymbol? Variable => variable;

    /// <summary>The expression that is copied.</summary>
    public SyntaxNode Source => source;

    public SyntaxNode Write => write;
}
