using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Loops whose constants say that they run once: <c>for (int j = 0; j &lt; 1; j++)</c>. There is no round before, and no way around them.
/// </summary>
internal sealed class SingleRoundLoops
{
    private readonly HashSet<int> _heads = [];

    private SingleRoundLoops()
    {
    }

    public static SingleRoundLoops None { get; } = new();

    public static SingleRoundLoops Of(ControlFlowGraph graph)
    {
        SingleRoundLoops found = None;
        foreach (BasicBlock block in graph.Blocks)
        {
            if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { Syntax: ExpressionSyntax { Parent: ForStatementSyntax loop } condition } value
                && loop.Condition == condition && RunsOnce(loop, value))
            {
                found = ReferenceEquals(found, None) ? new SingleRoundLoops() : found;
                found._heads.Add(block.Ordinal);
            }
        }

        return found;
    }

    /// <summary>Whether the block asks such a loop's condition.</summary>
    public bool IsHead(BasicBlock block) => _heads.Contains(block.Ordinal);

    private static bool RunsOnce(ForStatementSyntax loop, IOperation condition)
    {
        if (loop is not { Declaration.Variables: { Count: 1 } variables, Incrementors: { Count: 1 } steps }
            || condition is not IBinaryOperation { LeftOperand: ILocalReferenceOperation { Local: var local } } comparison
            || Operand.Constant(comparison.RightOperand) is not { } bound
            || variables[0] is not { Initializer.Value: { } first } variable || variable.Identifier.ValueText != local.Name
            || NumberIn(first) is not { } start || StepOf(steps[0], local.Name) is not { } step || IsAssigned(loop.Statement, local.Name))
        {
            return false;
        }

        return Holds(start) && !Holds(start + step);

        bool Holds(long number) => PatternRange.Of(comparison.OperatorKind, bound, holds: true) is var range && number >= range.Low && number <= range.High
            && !(comparison.OperatorKind == BinaryOperatorKind.NotEquals && number == bound);
    }

    private static long? NumberIn(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } value } => Operand.Integer(value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => -NumberIn(minus.Operand),
        _ => null,
    };

    private static long? StepOf(ExpressionSyntax step, string variable) => step switch
    {
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } after when name.Identifier.ValueText == variable => after.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } before when name.Identifier.ValueText == variable => before.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : -1,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } compound when name.Identifier.ValueText == variable => compound.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => NumberIn(compound.Right),
            SyntaxKind.SubtractAssignmentExpression => -NumberIn(compound.Right),
            _ => null,
        },
        _ => null,
    };

    private static bool IsAssigned(SyntaxNode body, string variable) => body.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => Names(assignment.Left, variable),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } step => Names(step.Operand, variable),
        PostfixUnaryExpressionSyntax step => Names(step.Operand, variable),
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => Names(argument.Expression, variable),
        RefExpressionSyntax reference => Names(reference.Expression, variable),
        _ => false,
    });

    private static bool Names(ExpressionSyntax expression, string variable)
        => expression.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == variable);
}
