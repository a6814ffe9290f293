using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>Which variables a statement writes, by the keys of <see cref="TraceCondition"/>, and which may be written where nobody sees it.</summary>
internal static class VariableWrites
{
    /// <summary>The variables that may be written unseen.</summary>
    public static HashSet<string> Hidden(ControlFlowGraph graph)
    {
        var spoiled = new HashSet<string>(StringComparer.Ordinal);
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
            {
                NoteHidden(operation, spoiled);
            }
        }

        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            NoteNames(local.DeclaringSyntaxReferences[0].GetSyntax(), spoiled);
        }

        return spoiled;
    }

    /// <summary>The variable that a statement assigns as a whole, and the constant where it is one.</summary>
    public static (string Variable, Optional<object?> Constant)? Plain(IOperation operation)
    {
        operation = operation is IExpressionStatementOperation statement ? statement.Operation : operation;
        return operation switch
        {
            ISimpleAssignmentOperation assignment when TraceCondition.VariableOf(assignment.Target) is { } target => (target, assignment.Value.ConstantValue),
            IFlowCaptureOperation capture => ("#" + capture.Id.GetHashCode(), capture.Value.ConstantValue),
            _ => null,
        };
    }

    /// <summary>All that a statement writes.</summary>
    public static HashSet<string> In(IOperation operation)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (IOperation inner in operation.DescendantsAndSelf())
        {
            IOperation? target = inner switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (inner is IFlowCaptureOperation capture)
            {
                written.Add("#" + capture.Id.GetHashCode());
            }

            foreach (IOperation one in target is ITupleOperation or IDeclarationExpressionOperation
                ? target.DescendantsAndSelf() : target is null ? [] : new[] { target })
            {
                if (TraceCondition.VariableOf(one) is { } variable)
                {
                    written.Add(variable);
                }
            }

            if (inner is IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol declared })
            {
                written.Add(TraceCondition.KeyOf(declared));
            }
        }

        return written;
    }

    /// <summary>Writes that do not happen where they stand: through an address, in a lambda.</summary>
    private static void NoteHidden(IOperation operation, HashSet<string> spoiled)
    {
        foreach (IOperation inner in operation.DescendantsAndSelf())
        {
            if (inner is IFlowAnonymousFunctionOperation lambda)
            {
                NoteNames(lambda.Syntax, spoiled);
            }
            else if (inner is IAddressOfOperation { Reference: { } pointed } && TraceCondition.VariableOf(pointed) is { } variable)
            {
                spoiled.Add(variable);
            }
            else if (inner is ISimpleAssignmentOperation { IsRef: true, Value: { } referred } && TraceCondition.VariableOf(referred) is { } aliased)
            {
                spoiled.Add(aliased);
            }
        }
    }

    // A lambda or a local function may write what it captures, whenever it runs.
    private static void NoteNames(SyntaxNode function, HashSet<string> spoiled)
    {
        foreach (SyntaxNode node in function.DescendantNodes())
        {
            SyntaxNode? written = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
                    or (int)SyntaxKind.AddressOfExpression } step => step.Operand,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step =>
                    step.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => argument.Expression,
                RefExpressionSyntax reference => reference.Expression,
                _ => null,
            };
            foreach (IdentifierNameSyntax name in written?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>() ?? [])
            {
                spoiled.Add(name.Identifier.ValueText);
            }
        }
    }
}
