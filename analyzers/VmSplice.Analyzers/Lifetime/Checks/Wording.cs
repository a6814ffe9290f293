using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>How messages name buffers, aliases and lines.</summary>
internal static class Wording
{
    /// <summary>The variable at the left of an expression: <c>s</c> of <c>s[0].Price</c>.</summary>
    public static string AliasOf(SyntaxNode node)
    {
        while (true)
        {
            switch (node)
            {
                case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } own:
                    return own.Name.Identifier.ValueText;
                case MemberAccessExpressionSyntax { Expression: TypeSyntax and not IdentifierNameSyntax } member:
                    return member.Name.Identifier.ValueText;
                case MemberAccessExpressionSyntax member:
                    node = member.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    node = element.Expression;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member, ArgumentList.Arguments: { Count: > 0 } arguments }
                    when member.Expression is IdentifierNameSyntax { Identifier.ValueText: "MemoryMarshal" or "Unsafe" } or GenericNameSyntax:
                    node = arguments[0].Expression;
                    break;
                case InvocationExpressionSyntax invocation:
                    node = invocation.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    node = parenthesized.Expression;
                    break;
                case CastExpressionSyntax cast:
                    node = cast.Expression;
                    break;
                case RefExpressionSyntax reference:
                    node = reference.Expression;
                    break;
                case PrefixUnaryExpressionSyntax prefix:
                    node = prefix.Operand;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    node = postfix.Operand;
                    break;
                case BinaryExpressionSyntax binary:
                    node = binary.Left;
                    break;
                case ArgumentSyntax argument:
                    node = argument.Expression;
                    break;
                case VariableDeclaratorSyntax variable:
                    return variable.Identifier.ValueText;
                case VariableDeclarationSyntax { Variables: { Count: 1 } variables }:
                    return variables[0].Identifier.ValueText;
                case IdentifierNameSyntax identifier:
                    return identifier.Identifier.ValueText;
                default:
                    return Excerpt.Of(node);
            }
        }
    }

    /// <summary>"'b'", or "'s', which is or is part of 'b',".</summary>
    public static string Subject(string alias, AllocationSite site)
        => alias == site.Name || site.Name.StartsWith(alias + ".", StringComparison.Ordinal)
            ? $"'{site.Name}'" : $"'{alias}', {(site.Kind == AllocationKind.Slot ? "which is" : "which is or is part of")} '{site.Name}',";

    /// <summary>"'b' was sent on line 12".</summary>
    public static string Past(AllocationSite site, OwnershipEvent? cause)
        => cause is null ? $"'{site.Name}' was given away"
        : site.Kind == AllocationKind.Slot ? $"'{site.Owner?.Name}' moved on ({cause.Verb} on line {LineOf(cause.Node)})"
        : $"'{site.Name}' was {cause.Verb} on line {LineOf(cause.Node)}";

    /// <summary>How a user can say what a callee does with its parameter.</summary>
    public static string WayToSay(IParameterSymbol? parameter)
    {
        const string Effects = "[Consumes], [Borrows] or [Writes]";
        return parameter switch
        {
            { DeclaringSyntaxReferences.IsEmpty: true, ContainingType: { TypeKind: TypeKind.Delegate } type } =>
                $"nobody can annotate the parameter of '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'; "
                + $"declare a delegate of your own whose parameter has {Effects}",
            // Of a function pointer it has no name.
            null or { Name: "" } => $"call a method or a delegate whose parameter has {Effects}",
            { DeclaringSyntaxReferences.IsEmpty: true } =>
                $"it is declared in another assembly, so say what it does with '{parameter.Name}' in VmSplice.Ownership.txt",
            _ => $"annotate its parameter '{parameter.Name}' with {Effects}",
        };
    }

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
