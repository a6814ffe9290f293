using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime;

/// <content>Lists of buffers that are handed over as one: written in the call, or into a variable that is nothing but that list.</content>
internal sealed partial class LifetimePolicy
{
    private readonly Dictionary<ILocalSymbol, IReadOnlyList<IOperation>?> _lists = new(SymbolEqualityComparer.Default);

    /// <summary>The elements of a list whose text is in sight; null of any other.</summary>
    private IReadOnlyList<IOperation>? ElementsOf(IOperation list)
    {
        switch (Operand.Peel(list))
        {
            case ICollectionExpressionOperation expression:
                return expression.Elements;
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues;
            case ILocalReferenceOperation { Local: var local }:
                if (!_lists.TryGetValue(local, out IReadOnlyList<IOperation>? known))
                {
                    _lists.Add(local, known = OnlyListIn(local, _bodies.Peek().Graph));
                }

                return known;
            default:
                return null;
        }
    }

    /// <summary>What a variable was declared with, where nothing puts other buffers in their places.</summary>
    private IReadOnlyList<IOperation>? OnlyListIn(ILocalSymbol local, ControlFlowGraph graph)
    {
        foreach (IOperation mention in graph.OriginalOperation.Descendants())
        {
            if (mention is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && !OnlyReads(reference))
            {
                return null;
            }
        }

        return graph.Blocks
            .SelectMany(block => block.Operations)
            .OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local))
            .Select(assignment => Operand.Peel(assignment.Value) is ILocalReferenceOperation ? null : ElementsOf(assignment.Value))
            .FirstOrDefault();
    }

    /// <summary>An element or the length, or the whole list given to the runtime.</summary>
    private static bool OnlyReads(ILocalReferenceOperation reference)
    {
        IOperation? around = reference.Parent;
        while (around is IConversionOperation)
        {
            around = around.Parent;
        }

        return around switch
        {
            IArrayElementReferenceOperation or IPropertyReferenceOperation => !IsChanged(around),
            IArgumentOperation { Parent: IInvocationOperation call } => RuntimeNamespace.Holds(call.TargetMethod),
            IForEachLoopOperation loop => loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.Ref },
            _ => false,
        };
    }

    private static bool IsChanged(IOperation element) => element.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, element),
        IArgumentOperation { Parameter.RefKind: not RefKind.None } or IAddressOfOperation or IVariableInitializerOperation or ITupleOperation => true,
        _ => false,
    };
}
