using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>One evaluated argument; the receiver has no parameter.</summary>
internal readonly struct PassedArgument(IParameterSymbol? parameter, IOperation operation, PointsToSet value)
{
    public IParameterSymbol? Parameter => parameter;

    public IOperation Operation => operation;

    public PointsToSet Value => value;

    public SyntaxNode Node => operation.Syntax;
}
