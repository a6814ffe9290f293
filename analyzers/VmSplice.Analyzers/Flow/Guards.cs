using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// Conditions that a body tests more than once, or sets to a constant and then tests: <c>if (sent) … if (!sent) …</c>.
/// The paths between are told apart by them. Only what cannot change unseen counts: locals, parameters and fields that
/// the body assigns in plain statements, if at all, and comparisons of what it does not assign with constants.
/// </summary>
internal sealed class Guards
{
    /// <summary>Each may be true, false or open: 27 partitions at most.</summary>
    private const int Most = 3;

    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    private static readonly Guards s_none = new();

    private Guards()
    {
    }

    public bool Any => _indices.Count > 0;

    [MethodImpl(Hot.Path)]
    public static Guards Of(ControlFlowGraph graph)
    {
        Dictionary<string, int> counts = Candidates(graph);
        if (!counts.Values.Any(static count => count >= 2))
        {
            return s_none;
        }

        var spoiled = new HashSet<string>(StringComparer.Ordinal);
        var assigned = new HashSet<string>(StringComparer.Ordinal);
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                if (ConstantAssignment(operation) is { } set)
                {
                    assigned.Add(set.Key);
                }
                else
                {
                    NoteWrites(operation, spoiled);
                }
            }

            if (block.BranchValue is { } value)
            {
                NoteWrites(value, spoiled);
            }
        }

        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            NoteNames(local.DeclaringSyntaxReferences[0].GetSyntax(), spoiled);
        }

        var guards = new Guards();
        foreach (KeyValuePair<string, int> pair in counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal))
        {
            string variable = VariableOf(pair.Key);
            bool isComparison = variable.Length != pair.Key.Length;
            string name = variable.Split('@')[0];
            if (pair.Value >= 2 && !spoiled.Contains(variable) && !spoiled.Contains(name) && !(isComparison && assigned.Contains(variable)) && guards._indices.Count < Most)
            {
                guards._indices.Add(pair.Key, guards._indices.Count);
            }
        }

        return guards;
    }

    /// <summary>How often each condition is tested or set.</summary>
    [MethodImpl(Hot.Path)]
    private static Dictionary<string, int> Candidates(ControlFlowGraph graph)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (BasicBlock block in graph.Blocks)
        {
            if (block.ConditionKind != ControlFlowConditionKind.None && ConditionOf(block.BranchValue!) is { } condition)
            {
                counts[condition.Key] = counts.TryGetValue(condition.Key, out int count) ? count + 1 : 1;
            }

            foreach (IOperation operation in block.Operations)
            {
                if (ConstantAssignment(operation) is { } set)
                {
                    counts[set.Key] = counts.TryGetValue(set.Key, out int count) ? count + 1 : 1;
                }
            }
        }

        return counts;
    }

    /// <summary>Which guard a branch asks, and whether "true" means that it holds; -1 where it asks none.</summary>
    public (int Index, bool Holds) Asked(IOperation condition, bool value)
        => ConditionOf(condition) is { } asked && _indices.TryGetValue(asked.Key, out int index) ? (index, asked.Negated != value) : (-1, false);

    /// <summary>Which guard a statement sets, and to what.</summary>
    public (int Index, bool Value) Set(IOperation statement)
        => ConstantAssignment(statement) is { } set && _indices.TryGetValue(set.Key, out int index) ? (index, set.Value) : (-1, false);

    /// <summary>The guard of a local that leaves its scope; -1 for any other.</summary>
    [MethodImpl(Hot.Path)]
    public int Of(ILocalSymbol local) => _indices.TryGetValue(KeyOf(local), out int index) ? index : -1;

    private static (string Key, bool Negated)? ConditionOf(IOperation condition)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return ConditionOf(not.Operand) is { } inner ? (inner.Key, !inner.Negated) : null;
            case IParenthesizedOperation parenthesized:
                return ConditionOf(parenthesized.Operand);
            case IBinaryOperation { RightOperand.ConstantValue: { HasValue: true } constant } binary when SymbolOf(binary.LeftOperand) is { } compared:
                (string? sign, bool negated) = binary.OperatorKind switch
                {
                    BinaryOperatorKind.Equals => ("==", false),
                    BinaryOperatorKind.NotEquals => ("==", true),
                    BinaryOperatorKind.LessThan => ("<", false),
                    BinaryOperatorKind.GreaterThanOrEqual => ("<", true),
                    BinaryOperatorKind.GreaterThan => (">", false),
                    BinaryOperatorKind.LessThanOrEqual => (">", true),
                    _ => (null, false),
                };
                return sign is null ? null
                    : compared.Type?.SpecialType == SpecialType.System_Boolean ? BooleanComparison(compared.Key, constant.Value, negated)
                    : ($"{compared.Key} {sign} {constant.Value}", negated);
            default:
                return SymbolOf(condition) is { Type.SpecialType: SpecialType.System_Boolean } symbol ? (symbol.Key, false) : null;
        }
    }

    private static (string Key, bool Negated)? BooleanComparison(string key, object? constant, bool negated)
        => constant is bool value ? (key, negated == value) : null;

    private static (string Key, bool Value)? ConstantAssignment(IOperation operation)
    {
        if (operation is IExpressionStatementOperation statement)
        {
            operation = statement.Operation;
        }

        return operation is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool value } } assignment
            && SymbolOf(assignment.Target) is { } target
            ? (target.Key, value)
            : null;
    }

    private static (string Key, ITypeSymbol? Type)? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local.RefKind: RefKind.None } local => (KeyOf(local.Local), local.Type),
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter => (KeyOf(parameter.Parameter), parameter.Type),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => (KeyOf(field.Field), field.Type),
        _ => null,
    };

    // Two locals of one name are told apart by where they are declared.
    private static string KeyOf(ISymbol symbol)
        => symbol is ILocalSymbol ? $"{symbol.Name}@{symbol.Locations[0].SourceSpan.Start}" : symbol.Name;

    private static string VariableOf(string key)
    {
        int end = key.IndexOf(' ');
        return end < 0 ? key : key.Substring(0, end);
    }

    private static void NoteWrites(IOperation operation, HashSet<string> spoiled)
    {
        foreach (IOperation inner in operation.DescendantsAndSelf())
        {
            IOperation? target = inner switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                IAddressOfOperation address => address.Reference,
                _ => null,
            };
            if (inner is IFlowAnonymousFunctionOperation lambda)
            {
                NoteNames(lambda.Syntax, spoiled);
            }

            foreach (IOperation written in target is ITupleOperation or IDeclarationExpressionOperation ? target.DescendantsAndSelf() : target is null ? [] : new[] { target })
            {
                if (SymbolOf(written) is { } symbol)
                {
                    spoiled.Add(symbol.Key);
                }
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
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } step => step.Operand,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step => step.Operand,
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
