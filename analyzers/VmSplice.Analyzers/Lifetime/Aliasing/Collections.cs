using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Lists, tuples and collections: what is put into them, and lists that are given away as one.</summary>
internal sealed class Collections(BodyEvaluation body)
{
    public KeptBatches Batches { get; } = new(body);

    public void StoredIn(PointsToSet value, SyntaxNode node, AccessPath? collection)
    {
        foreach (Reference reference in value.References)
        {
            if (reference.Site.Kind == AllocationKind.Pages)
            {
                body.Ownership.MarkStored(reference.Site, node, collection);
            }
        }

        foreach (PointsToSet one in value.Parts.Select(part => part.Value).Prepend(value))
        {
            foreach (Reference reference in one.References)
            {
                if (reference.Site.Kind == AllocationKind.Slot)
                {
                    Batches.Put(reference.Site, node, collection);
                }
            }
        }

        body.Ownership.Escape(value);
    }

    public PointsToSet EvaluateList(IOperation list)
    {
        PointsToSet all = PointsToSet.Nothing;
        PointsToSet parts = PointsToSet.Unknown;
        int index = 0;
        bool ofSegments = list is not ITupleOperation && SegmentType.Of(list.Type) is not null || list is IArrayInitializerOperation;
        foreach (IOperation element in list.ChildOperations)
        {
            PointsToSet value = body.Expressions.Evaluate(element);
            parts = parts.WithPart(list is ITupleOperation ? AccessPath.Item(index) : AccessPath.Element(index), value);
            index++;
            if (ofSegments)
            {
                all = PointsToSet.Both(all, value);
            }
            else if (list is not ITupleOperation)
            {
                StoredIn(value, element.Syntax, collection: null);
            }
        }

        return ofSegments ? all.WithPartsOf(parts) : parts;
    }

    /// <summary>The elements of a list whose text is in sight, and what they are; null of any other.</summary>
    public IReadOnlyList<(IOperation Element, PointsToSet Value)>? ElementsOf(IOperation list, PointsToSet value)
    {
        if (ElementsOf(list) is not { } elements)
        {
            return null;
        }

        AccessPath? variable = body.Paths.PathOf(list);
        return [.. elements.Select((element, i) => (element, variable is null ? value.Part(AccessPath.Element(i)) : Stored(variable, i)))];
    }

    private PointsToSet Stored(AccessPath list, int index)
        => list.Field(AccessPath.Element(index)) is { } element ? body.State.Get(element) : PointsToSet.Unknown;

    private IReadOnlyList<IOperation>? ElementsOf(IOperation list)
    {
        switch (Operand.Unwrap(list))
        {
            case ICollectionExpressionOperation expression:
                return expression.Elements;
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues;
            case ILocalReferenceOperation { Local: var local }:
                return OnlyListIn(local, body.Function.Graph);
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
            .Select(assignment => Operand.Unwrap(assignment.Value) is ILocalReferenceOperation ? null : ElementsOf(assignment.Value))
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
