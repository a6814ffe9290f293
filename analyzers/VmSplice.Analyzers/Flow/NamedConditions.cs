using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Conditions that have a name: after <c>bool failed = n &lt; 0;</c> a test of <c>failed</c> is a test of <c>n &lt; 0</c>, as long as neither has been
/// assigned since.
/// </summary>
internal sealed class NamedConditions
{
    private readonly Dictionary<ISymbol, ISimpleAssignmentOperation?> _named = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<SyntaxNode>> _writes = new(SymbolEqualityComparer.Default);

    public NamedConditions(ControlFlowGraph graph)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
            {
                Note(operation);
            }
        }
    }

    /// <summary>What a test of the local asks; null where it has no such meaning.</summary>
    public IOperation? MeaningOf(ILocalReferenceOperation test)
    {
        if (test.Type?.SpecialType != SpecialType.System_Boolean || !_named.TryGetValue(test.Local, out ISimpleAssignmentOperation? only) || only is null)
        {
            return null;
        }

        foreach (IOperation operand in only.Value.DescendantsAndSelf())
        {
            ISymbol? variable = VariableOf(operand);
            if (variable is not null && _writes.TryGetValue(variable, out List<SyntaxNode>? writes)
                && writes.Any(write => IsBetween(write, only.Syntax, test.Syntax)))
            {
                return null;
            }
        }

        return only.Value;
    }

    /// <summary>Whether a variable of that name gets another value wherever a statement was reached: in the same block.</summary>
    public bool IsReassignedWith(string name, SyntaxNode statement)
    {
        SyntaxNode? block = statement.FirstAncestorOrSelf<StatementSyntax>()?.Parent;
        return _writes.Any(pair => pair.Key.Name == name
            && pair.Value.Any(write => write is not VariableDeclaratorSyntax && write.FirstAncestorOrSelf<StatementSyntax>()?.Parent == block));
    }

    /// <summary>Whether a variable of that name gets a value elsewhere than where it is declared alone.</summary>
    public bool IsReassigned(string name)
        => _writes.Any(pair => pair.Key.Name == name && pair.Value.Any(static write => write is not VariableDeclaratorSyntax));

    /// <summary>Whether a variable of that name gets another value between two places, the first of which stands further up.</summary>
    public bool IsReassigned(string name, SyntaxNode from, SyntaxNode to)
        => _writes.Any(pair => pair.Key.Name == name
            && pair.Value.Any(write => write.SpanStart > from.Span.End && write.SpanStart < to.SpanStart));

    /// <summary>The one value that a variable gets; null where it gets several.</summary>
    public IOperation? OnlyValueOf(ISymbol variable)
        => _named.TryGetValue(variable, out ISimpleAssignmentOperation? only) && only is { IsRef: false } ? only.Value : null;

    /// <summary>Whether a variable may have got another value between two places, of which the first was reached first.</summary>
    public bool IsWritten(ISymbol variable, SyntaxNode from, SyntaxNode to)
        => _writes.TryGetValue(variable, out List<SyntaxNode>? writes)
        && writes.Any(write => from.SpanStart < to.SpanStart
            ? write.SpanStart > from.SpanStart && write.SpanStart < to.SpanStart : write is not VariableDeclaratorSyntax);

    private static ISymbol? VariableOf(IOperation operand) => operand switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        _ => null,
    };

    private void Note(IOperation operation)
    {
        foreach (IOperation inner in operation.DescendantsAndSelf())
        {
            IOperation? target = inner switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                IAddressOfOperation address => address.Reference,
                _ => null,
            };
            foreach (IOperation part in target is ITupleOperation or IDeclarationExpressionOperation
                ? target.DescendantsAndSelf() : target is null ? [] : new[] { target })
            {
                if (VariableOf(part) is { } variable)
                {
                    NoteWrite(variable, inner);
                }
            }
        }
    }

    private void NoteWrite(ISymbol variable, IOperation write)
    {
        if (!_writes.TryGetValue(variable, out List<SyntaxNode>? all))
        {
            _writes.Add(variable, all = []);
        }

        all.Add(write.Syntax);
        _named[variable] = all.Count == 1 ? write as ISimpleAssignmentOperation : null;
    }

    /// <summary>Whether a write may come after the name was given and before it is tested.</summary>
    private static bool IsBetween(SyntaxNode write, SyntaxNode name, SyntaxNode test)
        => (write.SpanStart > name.SpanStart && write.SpanStart < test.SpanStart)
        || EnclosingLoop.Of(test) is { } loop && loop.Span.Contains(write.Span) && !loop.Span.Contains(name.Span);
}
