using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Where a local is assigned before anybody reads it again: in <c>batch = c ? batch[1..] : reader.ReadBatch()</c> the old batch is out of use once
/// the second arm is entered. Each local is looked at when it is first asked for. Lambdas and local functions are not looked into.
/// </summary>
internal sealed class Overwrites(ControlFlowGraph graph)
{
    private readonly Dictionary<ISymbol, bool[]> _live = new(SymbolEqualityComparer.Default);

    /// <summary>Whether on each path from the start of the block the local is assigned, or left, before it is mentioned otherwise.</summary>
    public bool ComeFirst(ILocalSymbol local, int block)
    {
        if (!_live.TryGetValue(local, out bool[]? live))
        {
            _live.Add(local, live = LiveAtStart(local));
        }

        return !live[block] && !IsInFinally(graph.Blocks[block]);
    }

    /// <summary>Whether a captured local is what <c>=</c> assigns: nobody reads it through the temporary.</summary>
    public static bool IsTarget(IOperation captured)
    {
        if (captured is not ILocalReferenceOperation { Local.RefKind: RefKind.None, Syntax: var target })
        {
            return false;
        }

        while (target.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax tuple })
        {
            target = tuple;
        }

        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == target;
    }

    /// <summary>Where that goes on depends on how it was entered.</summary>
    private static bool IsInFinally(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.Around())
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                return true;
            }
        }

        return false;
    }

    private enum Mention
    {
        None,
        Read,
        Assigned,
    }

    private bool[] LiveAtStart(ILocalSymbol local)
    {
        Mention[] first = new Mention[graph.Blocks.Length];
        HashSet<CaptureId> targets = [];
        if (HasAlias(local))
        {
            return [.. first.Select(static _ => true)];
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            first[block.Ordinal] = FirstIn(block, local, targets);
        }

        bool[] live = new bool[first.Length];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = first.Length - 1; i >= 0; i--)
            {
                if (!live[i] && (first[i] == Mention.Read || IsLiveBehind(graph.Blocks[i], first[i] == Mention.Assigned, live)))
                {
                    live[i] = changed = true;
                }
            }
        }

        return live;
    }

    /// <summary>An exception may come before the assignment of the block, so what a handler reads is live in all that it guards.</summary>
    private static bool IsLiveBehind(BasicBlock block, bool isAssigned, bool[] live)
    {
        for (ControlFlowRegion region = block.EnclosingRegion; region.Around() is { } around; region = around)
        {
            if (region.Kind == ControlFlowRegionKind.Try && around.NestedRegions.Any(handler => handler != region && live[handler.FirstBlockOrdinal]))
            {
                return true;
            }
        }

        return !isAssigned && (IsLiveBehind(block.FallThroughSuccessor, live) || IsLiveBehind(block.ConditionalSuccessor, live));
    }

    private static bool IsLiveBehind(ControlFlowBranch? branch, bool[] live)
        => branch is not null && ((branch.Destination is { } destination && live[destination.Ordinal])
            || branch.FinallyRegions.Any(region => live[region.FirstBlockOrdinal]));

    private static Mention FirstIn(BasicBlock block, ILocalSymbol local, HashSet<CaptureId> targets)
    {
        foreach (IOperation operation in block.Operations)
        {
            if (FirstIn(operation, local, targets) is var mention and not Mention.None)
            {
                return mention;
            }
        }

        return block.BranchValue is { } value ? FirstIn(value, local, targets) : Mention.None;
    }

    /// <param name="targets">What stands for the local where it is assigned a value that more than one block computes.</param>
    private static Mention FirstIn(IOperation operation, ILocalSymbol local, HashSet<CaptureId> targets)
    {
        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return FirstIn(statement.Operation, local, targets);
            case IFlowCaptureOperation capture when Is(capture.Value, local) && IsTarget(capture.Value):
                targets.Add(capture.Id);
                return Mention.None;
            case ISimpleAssignmentOperation { IsRef: false } assignment when Is(assignment.Target, local)
                || (assignment.Target is IFlowCaptureReferenceOperation reference && targets.Contains(reference.Id)):
                return Mentions(assignment.Value, local) ? Mention.Read : Mention.Assigned;
            case IDeconstructionAssignmentOperation deconstruction when IsAmong(deconstruction.Target, local, targets):
                return Mentions(deconstruction.Value, local) ? Mention.Read : Mention.Assigned;
            default:
                return Mentions(operation, local) ? Mention.Read : Mention.None;
        }
    }

    /// <summary>Whether the local is one of the variables of <c>(a, b) = …</c>.</summary>
    private static bool IsAmong(IOperation target, ILocalSymbol local, HashSet<CaptureId> targets)
        => Is(target, local) || (target is IFlowCaptureReferenceOperation reference && targets.Contains(reference.Id))
            || (target is ITupleOperation tuple && tuple.Elements.Any(element => IsAmong(element, local, targets)));

    private static bool Is(IOperation operation, ILocalSymbol local)
        => operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static bool Mentions(IOperation operation, ILocalSymbol local)
        => Is(operation, local) || operation.ChildOperations.Any(inner => Mentions(inner, local));

    /// <summary>A reference local that stands for it may be read wherever that is named.</summary>
    private bool HasAlias(ILocalSymbol local) => graph.Blocks.SelectMany(static block => block.Operations).Any(
        operation => operation is ISimpleAssignmentOperation { IsRef: true } assignment && Mentions(assignment.Value, local));
}
