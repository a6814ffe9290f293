using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Usage;

/// <summary>How many bytes a raw call is given, as code that can stand behind it.</summary>
internal sealed class GivenBytes
{
    private readonly string? _expression;
    private readonly Func<string, string, string>? _sum;

    private GivenBytes(string? expression, Func<string, string, string>? sum = null)
    {
        _expression = expression;
        _sum = sum;
    }

    /// <summary>Null where the code would have to evaluate something twice that may have an effect.</summary>
    public static GivenBytes? Of(RawCall call)
    {
        var operand = Operand.Peel(call.Segments);
        if ((SegmentType.Of(call.Segments.Type) ?? SegmentType.Of(operand.Type)) is not { } shape)
            return null;
        var length = shape.Length.Name;
        var one = call.Count is null || Operand.Constant(Operand.Peel(call.Count)) == 1;
        switch (operand)
        {
            case IObjectCreationOperation creation when SegmentType.Parts(creation, shape).Length is { } given:
                return Term(given) is { } term ? new GivenBytes(term) : null;
            case IAddressOfOperation { Reference: ILocalReferenceOperation or IParameterReferenceOperation } address when one:
                return new GivenBytes($"(nint){address.Reference.Syntax}.{length}");
            case ICollectionExpressionOperation collection:
                return OfList(collection.Elements, shape);
            case IArrayCreationOperation { Initializer: { } elements } when call.Count is null:
                return OfList(elements.ElementValues, shape);
            default:
                if (IsSimple(operand.Syntax))
                    break;
                return null;
        }

        var name = operand.Syntax.ToString();
        if (SymbolEqualityComparer.Default.Equals(operand.Type, shape.Type))
            return new GivenBytes($"(nint){name}.{length}");
        if (operand.Type is IPointerTypeSymbol && one)
            return new GivenBytes($"(nint){name}->{length}");
        if (call.Count is null)
            return new GivenBytes(null, (sum, each) => $"foreach (var {each} in {name}) {sum} += (nint){each}.{length};");
        return IsSimple(call.Count.Syntax)
            ? new GivenBytes(null, (sum, each) => $"for (int {each} = 0; {each} < (int){Parenthesized(call.Count.Syntax)}; {each}++) {sum} += (nint){name}[{each}].{length};")
            : null;
    }

    /// <summary>The statements that compare <paramref name="result"/> with it.</summary>
    public IEnumerable<string> Checks(string result, FixSite site, SyntaxNode near)
    {
        var given = _expression;
        if (_sum is not null)
        {
            given = site.Scope.Unused("given", site.Model, near);
            yield return $"nint {given} = 0;";
            yield return _sum(given, site.Scope.Unused("each", site.Model, near));
        }

        yield return $"if ({result} != {given}) throw new System.IO.IOException($\"vmsplice took {{{result}}} of {{{given}}} bytes.\");";
    }

    private static GivenBytes? OfList(IEnumerable<IOperation> elements, SegmentType shape)
    {
        List<string> terms = [];
        foreach (var element in elements)
        {
            var segment = Operand.Peel(element);
            var term = segment is IObjectCreationOperation creation && SegmentType.Parts(creation, shape).Length is { } length ? Term(length)
                : segment is ILocalReferenceOperation or IParameterReferenceOperation ? $"(nint){segment.Syntax}.{shape.Length.Name}"
                : null;
            if (term is null)
                return null;
            terms.Add(term);
        }

        return terms.Count == 0 ? null : new GivenBytes(terms.Count == 1 ? terms[0] : $"({string.Join(" + ", terms)})");
    }

    private static string? Term(IOperation length)
    {
        var syntax = length.Syntax is ExpressionSyntax expression ? expression : null;
        return syntax is null || !IsSimple(syntax) ? null : $"(nint){Parenthesized(syntax)}";
    }

    private static string Parenthesized(SyntaxNode syntax) =>
        syntax is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax ? syntax.ToString() : $"({syntax})";

    // What can be evaluated twice.
    private static bool IsSimple(SyntaxNode syntax)
    {
        foreach (var node in syntax.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or AwaitExpressionSyntax
                or BaseObjectCreationExpressionSyntax or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression })
                return false;
        }

        return true;
    }
}
