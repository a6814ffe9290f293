using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>One evaluated argument; the receiver has no parameter.</summary>
internal readonly struct Passed(IParameterSymbol? parameter, IOperation operation, Value value)
{
    public IParameterSymbol? Parameter => parameter;

    public IOperation Operation => operation;

    public Value Value => value;

    public SyntaxNode Node => operation.Syntax;
}
