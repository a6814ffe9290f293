using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Raw;

/// <summary>
/// Function pointers and delegates that hold <c>vmsplice</c>: told by the name they carry, or by the export's name in what they were loaded from.
/// Syntax is enough here: the text <c>"vmsplice"</c> beside a load says it all.
/// </summary>
internal static class ExportedFunction
{
    private const int LongestChain = 4;

    public static bool IsVmSplice(ExpressionSyntax target)
    {
        target = Unwrap(target);
        return Name(target) is { } name && (NativeNames.NamesTheCall(name) || IsLoaded(name, target, LongestChain))
            || LoadsTheExport(target, LongestChain);
    }

    private static bool LoadsTheExport(ExpressionSyntax expression, int depth)
    {
        if (depth == 0)
        {
            return false;
        }

        foreach (SyntaxNode node in expression.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression):
                    if (literal.Token.ValueText == "vmsplice")
                    {
                        return true;
                    }

                    break;
                case IdentifierNameSyntax { Parent: not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or TypeSyntax) } identifier
                    when IsLoaded(identifier.Identifier.ValueText, identifier, depth - 1):
                    return true;
            }
        }

        return false;
    }

    // The variable's declaration or assignment: in the member around it first, then in the type.
    private static bool IsLoaded(string name, SyntaxNode use, int depth)
    {
        if (depth == 0)
        {
            return false;
        }

        MemberDeclarationSyntax? member = use.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not BaseTypeDeclarationSyntax);
        SyntaxNode scope = (SyntaxNode?)use.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? use.SyntaxTree.GetRoot();
        return member is not null && IsLoadedIn(name, member, depth) || IsLoadedIn(name, scope, depth);
    }

    private static bool IsLoadedIn(string name, SyntaxNode scope, int depth)
    {
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } value } variable when variable.Identifier.ValueText == name:
                    if (LoadsTheExport(value, depth - 1))
                    {
                        return true;
                    }

                    break;
                case AssignmentExpressionSyntax assignment when Name(assignment.Left) == name:
                    if (LoadsTheExport(assignment.Right, depth - 1))
                    {
                        return true;
                    }

                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Parent.Parent: InvocationExpressionSyntax call } argument
                    when Name(argument.Expression) == name:
                    foreach (ArgumentSyntax other in call.ArgumentList.Arguments)
                    {
                        if (other.Expression is LiteralExpressionSyntax { Token.ValueText: "vmsplice" })
                        {
                            return true;
                        }
                    }

                    break;
            }
        }

        return false;
    }

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access => Name(access.Expression),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => variable.Identifier.ValueText,
        _ => null,
    };

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    continue;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    continue;
                default:
                    return expression;
            }
        }
    }
}
