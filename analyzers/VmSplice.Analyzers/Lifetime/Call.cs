using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>A call whose receiver and arguments are evaluated.</summary>
internal sealed class Call(IMethodSymbol method, IOperation operation, Passed? receiver, Passed[] arguments)
{
    public IMethodSymbol Method => method;

    public IOperation Operation => operation;

    public SyntaxNode Node => operation.Syntax;

    public Passed? Receiver => receiver;

    public Passed[] Arguments => arguments;

    public Value On => receiver?.Value ?? Value.Unknown;

    public Value Argument(int index) => index < arguments.Length ? arguments[index].Value : Value.Unknown;
}
