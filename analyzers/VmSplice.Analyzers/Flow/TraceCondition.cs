using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Flow;

/// <summary>
/// A condition by its text, in whatever syntax it is asked: <c>x is null</c> and <c>x == null</c> are one, <c>n &lt;= 3</c> is the opposite of
/// <c>n &gt; 3</c>.
/// </summary>
internal sealed class TraceCondition
{
    private readonly char _kind;
    private readonly object? _constant;

    private TraceCondition(string key, char kind, object? constant, params string[] variables)
    {
        (Key, _kind, _constant, Variables) = (key, kind, constant, variables);
    }

    public string Key { get; }

    /// <summary>The variables that it is about: an assignment to one of them changes it.</summary>
    public string[] Variables { get; }

    /// <summary>What an operation asks, and whether it asks for the opposite; null where it asks nothing that can be told again.</summary>
    public static (TraceCondition Condition, bool Negated)? Of(IOperation condition, IReadOnlyDictionary<CaptureId, IOperation>? captured = null)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Negate(Of(not.Operand, captured));
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, captured);
            case IIsNullOperation test:
                return WithNull(test.Operand, captured);
            case IIsPatternOperation match:
                return OfPattern(match.Value, match.Pattern, captured);
            case IBinaryOperation binary:
                return IsConstant(binary.RightOperand, out object? right) ? Compare(binary.LeftOperand, binary.OperatorKind, right, captured)
                    : IsConstant(binary.LeftOperand, out object? left)
                    ? Compare(binary.RightOperand, PatternRange.Mirrored(binary.OperatorKind), left, captured)
                    : OfTwo(binary, captured);
            default:
                return condition.Type?.SpecialType == SpecialType.System_Boolean && OperandOf(condition, captured) is { } operand
                    ? (new TraceCondition(operand.Key, '?', null, operand.Variable), false) : null;
        }
    }

    /// <summary>The variable that an expression is, or that it is a lasting part of; null for anything else.</summary>
    public static string? VariableOf(IOperation operation) => OperandOf(operation, captured: null)?.Variable;

    /// <summary>Of locals, whose names may be declared twice.</summary>
    public static string KeyOf(ISymbol symbol) => symbol is ILocalSymbol ? $"{symbol.Name}@{symbol.Locations[0].SourceSpan.Start}" : symbol.Name;

    /// <summary>Whether it holds after its variable became a constant; null where that does not say.</summary>
    public bool? HoldsFor(object? assigned) => Variables.Length != 1 || Key.IndexOf('.') >= 0 ? null : _kind switch
    {
        '?' => assigned as bool?,
        '=' => Equals(assigned, _constant)
            || (assigned is not null && _constant is not null && Operand.Integer(assigned) is { } number && number == Operand.Integer(_constant)),
        '<' => assigned is not null && _constant is not null && Operand.Integer(assigned) is { } low && Operand.Integer(_constant) is { } above
            ? low < above : null,
        '>' => assigned is not null && _constant is not null && Operand.Integer(assigned) is { } high && Operand.Integer(_constant) is { } below
            ? high > below : null,
        _ => null,
    };

    /// <summary>Whether something is compared with a constant.</summary>
    public bool IsComparison => _kind is '=' or '<' or '>';

    /// <summary>What a comparison asks about: the start of its key.</summary>
    public string Subject => Key.Substring(0, Key.IndexOf(' '));

    /// <summary>Whether it cannot hold where the other does: the same is compared with two constants.</summary>
    public bool Excludes(TraceCondition other)
        => IsComparison && other.IsComparison && Key != other.Key && Subject == other.Subject
        && (Numbers is { } numbers && other.Numbers is { } others
            ? numbers.Low > others.High || others.Low > numbers.High : _kind == '=' && other._kind == '=');

    /// <summary>The numbers for which it holds; null where it is about something else.</summary>
    private PatternRange? Numbers => _constant is null || Operand.Integer(_constant) is not { } bound ? null
        : PatternRange.Of(_kind switch { '<' => BinaryOperatorKind.LessThan, '>' => BinaryOperatorKind.GreaterThan, _ => BinaryOperatorKind.Equals }, bound,
            holds: true);

    private static (TraceCondition, bool)? Negate((TraceCondition Condition, bool Negated)? asked) => asked is { } one ? (one.Condition, !one.Negated) : null;

    private static (TraceCondition, bool)? WithNull(IOperation tested, IReadOnlyDictionary<CaptureId, IOperation>? captured)
        => OperandOf(tested, captured) is { } operand ? (new TraceCondition(operand.Key + " = null", '=', null, operand.Variable), false) : null;

    private static (TraceCondition, bool)? OfPattern(IOperation tested, IPatternOperation pattern, IReadOnlyDictionary<CaptureId, IOperation>? captured)
        => pattern switch
    {
        INegatedPatternOperation negated => Negate(OfPattern(tested, negated.Pattern, captured)),
        IConstantPatternOperation constant when IsConstant(constant.Value, out object? value) => Compare(tested, BinaryOperatorKind.Equals, value, captured),
        IRelationalPatternOperation relation when IsConstant(relation.Value, out object? bound) => Compare(tested, relation.OperatorKind, bound, captured),
        IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } any
            when IsSame(any.MatchedType, tested.Type) => Negate(WithNull(tested, captured)),
        IDeclarationPatternOperation { MatchesNull: false } declared when IsSame(declared.MatchedType, tested.Type) => Negate(WithNull(tested, captured)),
        _ => null,
    };

    /// <summary>Whether a value of the type that is tested matches wherever it is not null.</summary>
    private static bool IsSame(ITypeSymbol? matched, ITypeSymbol? tested)
        => matched is null || SymbolEqualityComparer.Default.Equals(matched, tested)
        || tested is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(matched, nullable.TypeArguments[0]);

    private static (TraceCondition, bool)? Compare(IOperation compared, BinaryOperatorKind kind, object? constant,
        IReadOnlyDictionary<CaptureId, IOperation>? captured)
    {
        if (OperandOf(compared, captured) is not { } operand)
        {
            return null;
        }

        (char sign, bool negated) = SignOf(kind);
        return sign == ' ' ? null
            : constant is bool value ? sign == '=' ? (new TraceCondition(operand.Key, '?', null, operand.Variable), negated == value) : null
            : (new TraceCondition($"{operand.Key} {sign} {constant ?? "null"}", sign, constant, operand.Variable), negated);
    }

    private static (TraceCondition, bool)? OfTwo(IBinaryOperation binary, IReadOnlyDictionary<CaptureId, IOperation>? captured)
    {
        (char sign, bool negated) = SignOf(binary.OperatorKind);
        return sign != ' ' && OperandOf(binary.LeftOperand, captured) is { } left && OperandOf(binary.RightOperand, captured) is { } right
            ? (new TraceCondition($"{left.Key} {sign} @{right.Key}", '@', null, left.Variable, right.Variable), negated)
            : null;
    }

    private static (char Sign, bool Negated) SignOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => ('=', false),
        BinaryOperatorKind.NotEquals => ('=', true),
        BinaryOperatorKind.LessThan => ('<', false),
        BinaryOperatorKind.GreaterThanOrEqual => ('<', true),
        BinaryOperatorKind.GreaterThan => ('>', false),
        BinaryOperatorKind.LessThanOrEqual => ('>', true),
        _ => (' ', false),
    };

    private static bool IsConstant(IOperation operation, out object? value)
    {
        IOperation unwrapped = operation.ConstantValue.HasValue ? operation : Operand.Unwrap(operation);
        value = unwrapped.ConstantValue.HasValue ? unwrapped.ConstantValue.Value : null;
        return unwrapped.ConstantValue.HasValue;
    }

    private static (string Key, string Variable)? OperandOf(IOperation operation, IReadOnlyDictionary<CaptureId, IOperation>? captured)
    {
        switch (Operand.Unwrap(operation))
        {
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                return (KeyOf(local), KeyOf(local));
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter }:
                return (parameter.Name, parameter.Name);
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field }:
                return (field.Name, field.Name);
            case IFlowCaptureReferenceOperation { Id: var temporary }:
                if (captured is not null && captured.TryGetValue(temporary, out IOperation? variable))
                {
                    return OperandOf(variable, captured: null);
                }

                string key = "#" + temporary.GetHashCode();
                return (key, key);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property, Instance: { } instance } when IsLasting(property):
                return instance is IInstanceReferenceOperation ? (property.Name, property.Name)
                    : OperandOf(instance, captured) is { } owner ? ($"{owner.Key}.{property.Name}", owner.Variable) : null;
            default:
                return null;
        }
    }

    /// <summary>A property that stays what it is as long as the variable does.</summary>
    private static bool IsLasting(IPropertySymbol property)
        => property.Name is "Length" or "HasValue" or "IsEmpty" or "SharesPages"
        || (property is { SetMethod: null or { IsInitOnly: true }, ContainingType: var type } && !property.DeclaringSyntaxReferences.IsEmpty
            && type.GetMembers().Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)));
}
