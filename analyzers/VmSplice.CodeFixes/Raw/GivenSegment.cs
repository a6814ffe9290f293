using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Raw;

/// <summary>One segment, as code.</summary>
/// <param name="Address">Its address, as a pointer; null where it is not known to be one.</param>
/// <param name="Length">How many bytes, as it is written there.</param>
internal sealed record GivenSegment(string? Address, string Length)
{
    /// <summary>How many bytes, as a native integer.</summary>
    public string Bytes => $"(nint){Length}";

    /// <summary>A segment that is made on the spot, a variable that holds one, or a pointer to one; null for anything else.</summary>
    public static GivenSegment? Of(IOperation segment, SegmentType shape)
    {
        switch (segment)
        {
            case IObjectCreationOperation creation
                when SegmentType.Parts(creation, shape) is { Length: { Syntax: ExpressionSyntax length } } parts && CanRepeat(length):
                return new GivenSegment(parts.Address is null ? null : AsPointer(Operand.Unwrap(parts.Address)),
                    Parenthesized(Operand.Unwrap(parts.Length!).Syntax));
            case IAddressOfOperation { Reference: ILocalReferenceOperation or IParameterReferenceOperation } address:
                return Held(address.Reference.Syntax, ".");
            default:
                return !CanRepeat(segment.Syntax) ? null
                    : segment.Type is IPointerTypeSymbol pointer && SymbolEqualityComparer.Default.Equals(pointer.PointedAtType, shape.Type)
                    ? Held(segment.Syntax, "->")
                    : SymbolEqualityComparer.Default.Equals(segment.Type, shape.Type) ? Held(segment.Syntax, ".")
                    : null;
        }

        GivenSegment Held(SyntaxNode holder, string access)
            => new($"(void*){holder}{access}{shape.Address.Name}", $"{holder}{access}{shape.Length.Name}");
    }

    /// <summary>Whether an expression can be evaluated twice.</summary>
    public static bool CanRepeat(SyntaxNode syntax)
    {
        foreach (SyntaxNode node in syntax.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or AwaitExpressionSyntax
                or BaseObjectCreationExpressionSyntax or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression })
            {
                return false;
            }
        }

        return true;
    }

    public static string Parenthesized(SyntaxNode syntax)
        => syntax is IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax
            or InvocationExpressionSyntax
            ? syntax.ToString() : $"({syntax})";

    private static string? AsPointer(IOperation address) => address.Type switch
    {
        IPointerTypeSymbol => address.Syntax.ToString(),
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => $"(void*){Parenthesized(address.Syntax)}",
        _ => null,
    };
}
