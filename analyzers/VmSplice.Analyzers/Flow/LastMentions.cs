using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// The last block in which each local and parameter is mentioned, loops counted in: after it nothing asks for the
/// variable any more, and a policy can forget what it holds. That keeps states small, whatever the length of a method.
/// </summary>
internal sealed class LastMentions
{
    private readonly Dictionary<ISymbol, int> _last = new(SymbolEqualityComparer.Default);

    /// <summary>Names in lambdas and local functions, which may run at any time.</summary>
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);

    private LastMentions()
    {
    }

    public static LastMentions Of(ControlFlowGraph graph)
    {
        var mentions = new LastMentions();
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                mentions.Note(operation, block.Ordinal);
            }

            if (block.BranchValue is { } value)
            {
                mentions.Note(value, block.Ordinal);
            }
        }

        mentions.ExtendOver(Loops(graph), Scopes(graph));

        // A local function may run wherever it is called from; what it captures is not followed here.
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            mentions.KeepNames(local.DeclaringSyntaxReferences[0].GetSyntax());
        }

        return mentions;
    }

    /// <summary>Whether nothing from this block on mentions the variable.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsOver(ISymbol variable, int block)
        => !IsCaptured(variable) && (!_last.TryGetValue(variable, out int end) || block > end);

    /// <summary>Whether a lambda or local function mentions the variable, which may run at any time.</summary>
    [MethodImpl(Hot.Path)]
    public bool IsCaptured(ISymbol variable) => _captured.Count > 0 && _captured.Contains(variable.Name);

    [MethodImpl(Hot.Path)]
    private void Note(IOperation operation, int block)
    {
        switch (operation.Kind)
        {
            case OperationKind.LocalReference:
                Extend(((ILocalReferenceOperation)operation).Local, block);
                return;
            case OperationKind.ParameterReference:
                Extend(((IParameterReferenceOperation)operation).Parameter, block);
                return;
            case OperationKind.Literal or OperationKind.InstanceReference:
                return;
            case OperationKind.FlowAnonymousFunction:
                KeepNames(operation.Syntax);
                break;
        }

        foreach (IOperation inner in operation.ChildOperations)
        {
            Note(inner, block);
        }
    }

    private void Extend(ISymbol variable, int block)
    {
        if (!_last.TryGetValue(variable, out int known) || known < block)
        {
            _last[variable] = block;
        }
    }

    private void KeepNames(SyntaxNode function)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in function.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name)
            {
                names.Add(name.Identifier.ValueText);
            }
        }

        _captured.UnionWith(names);
    }

    /// <summary>
    /// A jump back from a block makes everything from its target on live until there, save a local that is declared
    /// behind the target: each round has one of its own.
    /// </summary>
    [MethodImpl(Hot.Path)]
    private void ExtendOver(int[] jumpsBack, Dictionary<ISymbol, int> scopes)
    {
        int[] ends = new int[jumpsBack.Length];
        int reach = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            reach = Math.Max(reach, jumpsBack[i]);
            ends[i] = Math.Max(i, reach);
        }

        foreach (ISymbol variable in _last.Keys.ToArray())
        {
            int end = _last[variable];
            if (!scopes.TryGetValue(variable, out int first))
            {
                end = ends[end];
            }
            else if (ends[end] > end)
            {
                for (int i = first; i <= end; i++)
                {
                    end = Math.Max(end, jumpsBack[i]);
                }
            }

            _last[variable] = end;
        }
    }

    /// <summary>The first block of the scope of each local.</summary>
    [MethodImpl(Hot.Path)]
    private static Dictionary<ISymbol, int> Scopes(ControlFlowGraph graph)
    {
        var scopes = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        var regions = new Stack<ControlFlowRegion>([graph.Root]);
        while (regions.Count > 0)
        {
            ControlFlowRegion region = regions.Pop();
            foreach (ILocalSymbol local in region.Locals)
            {
                scopes[local] = region.FirstBlockOrdinal;
            }

            foreach (ControlFlowRegion nested in region.NestedRegions)
            {
                regions.Push(nested);
            }
        }

        return scopes;
    }

    /// <summary>For each block the last one that jumps back to it, or itself.</summary>
    private static int[] Loops(ControlFlowGraph graph)
    {
        int[] jumpsBack = new int[graph.Blocks.Length];
        for (int i = 0; i < jumpsBack.Length; i++)
        {
            jumpsBack[i] = i;
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            NoteBack(block, block.FallThroughSuccessor, jumpsBack);
            NoteBack(block, block.ConditionalSuccessor, jumpsBack);
        }

        return jumpsBack;
    }

    private static void NoteBack(BasicBlock block, ControlFlowBranch? branch, int[] jumpsBack)
    {
        if (branch?.Destination is not { } destination)
        {
            return;
        }

        int source = block.Ordinal;
        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            source = Math.Max(source, region.LastBlockOrdinal);
        }

        if (destination.Ordinal <= source)
        {
            jumpsBack[destination.Ordinal] = Math.Max(jumpsBack[destination.Ordinal], source);
        }
    }
}
