using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Loops whose constants say that they run once: <c>for (int j = 0; j &lt; 1; j++)</c>, the same with <c>while</c> and <c>do</c>, <c>foreach</c> over one
/// element. There is no round before, and no way around them.
/// </summary>
internal sealed class SingleRoundLoops
{
    private readonly HashSet<int> _heads = [];
    private readonly HashSet<int> _ends = [];

    private SingleRoundLoops()
    {
    }

    public static SingleRoundLoops None { get; } = new();

    public static SingleRoundLoops Of(ControlFlowGraph graph)
    {
        SingleRoundLoops found = None;
        foreach (BasicBlock block in graph.Blocks)
        {
            if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { Syntax: ExpressionSyntax condition } value)
            {
                continue;
            }

            bool runsOnce = condition.Parent switch
            {
                ForStatementSyntax loop => loop.Condition == condition && RunsOnce(loop, value),
                WhileStatementSyntax loop => RunsOnce(loop, loop.Statement, value),
                DoStatementSyntax loop => RunsOnce(loop, loop.Statement, value),
                CommonForEachStatementSyntax loop => loop.Expression == condition && SingleElements.Are(condition),
                _ => false,
            };
            if (runsOnce)
            {
                found = ReferenceEquals(found, None) ? new SingleRoundLoops() : found;
                (condition.Parent is DoStatementSyntax ? found._ends : found._heads).Add(block.Ordinal);
            }
        }

        return found;
    }

    /// <summary>Whether the block asks such a loop's condition.</summary>
    public bool IsHead(BasicBlock block) => _heads.Contains(block.Ordinal);

    /// <summary>Whether the block asks whether there is another round, and there is none.</summary>
    public bool IsEnd(BasicBlock block) => _ends.Contains(block.Ordinal);

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

        return Holds(comparison, bound, start) && !Holds(comparison, bound, start + step);
    }

    /// <summary>A counter that is set right before the loop, and moved on by a statement of its own in each round.</summary>
    private static bool RunsOnce(StatementSyntax loop, StatementSyntax body, IOperation condition)
    {
        if (condition is not IBinaryOperation { LeftOperand: ILocalReferenceOperation { Local: var local } } comparison
            || Operand.Constant(comparison.RightOperand) is not { } bound || body is not BlockSyntax block || loop.Parent is not BlockSyntax around)
        {
            return false;
        }

        int at = around.Statements.IndexOf(loop);
        ExpressionSyntax? first = at > 0 && around.Statements[at - 1] is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables }
            && variables[0].Identifier.ValueText == local.Name ? variables[0].Initializer?.Value : null;
        ExpressionStatementSyntax[] steps =
            [.. block.Statements.OfType<ExpressionStatementSyntax>().Where(one => StepOf(one.Expression, local.Name) is not null)];
        if (first is null || NumberIn(first) is not { } start || steps.Length != 1
            || block.DescendantNodes().Any(static node => node is ContinueStatementSyntax or GotoStatementSyntax)
            || block.Statements.Any(one => one != steps[0] && IsAssigned(one, local.Name)))
        {
            return false;
        }

        long next = start + StepOf(steps[0].Expression, local.Name)!.Value;
        return (loop is DoStatementSyntax || Holds(comparison, bound, start)) && !Holds(comparison, bound, next);
    }

    private static bool Holds(IBinaryOperation comparison, long bound, long number)
        => PatternRange.Of(comparison.OperatorKind, bound, holds: true) is var range && number >= range.Low && number <= range.High
        && !(comparison.OperatorKind == BinaryOperatorKind.NotEquals && number == bound);

    private static long? NumberIn(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } value } => Operand.Integer(value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => -NumberIn(minus.Operand),
        _ => null,
    };

    private static long? StepOf(ExpressionSyntax step, string variable) => step switch
    {
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } after
            when name.Identifier.ValueText == variable => after.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } before
            when name.Identifier.ValueText == variable => before.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : -1,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } compound when name.Identifier.ValueText == variable => compound.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => NumberIn(compound.Right),
            SyntaxKind.SubtractAssignmentExpression => -NumberIn(compound.Right),
            _ => null,
        },
        _ => null,
    };

    internal static bool IsAssigned(SyntaxNode body, string variable) => body.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => Names(assignment.Left, variable),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
            or (int)SyntaxKind.AddressOfExpression } step => Names(step.Operand, variable),
        PostfixUnaryExpressionSyntax step => Names(step.Operand, variable),
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => Names(argument.Expression, variable),
        RefExpressionSyntax reference => Names(reference.Expression, variable),
        _ => false,
    });

    private static bool Names(ExpressionSyntax expression, string variable)
        => expression.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == variable);
}
