using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>A call whose receiver and arguments are evaluated.</summary>
internal sealed class Call(IMethodSymbol method, IOperation operation, PassedArgument? receiver, PassedArgument[] arguments)
{
    public IMethodSymbol Method => method;

    /// <summary>What a message calls it: a constructor by its type.</summary>
    public string Name
        => method.MethodKind == MethodKind.Constructor || method.MethodKind == MethodKind.DelegateInvoke ? method.ContainingType.Name : method.Name;

    public IOperation Operation => operation;

    public SyntaxNode Node => operation.Syntax;

    public PassedArgument? Receiver => receiver;

    public PassedArgument[] Arguments => arguments;

    public PointsToSet On => receiver?.Value ?? PointsToSet.Unknown;

    public PointsToSet Argument(int index) => index < arguments.Length ? arguments[index].Value : PointsToSet.Unknown;
}
