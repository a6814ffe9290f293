using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1003: gives explicit fields offsets without overlap or gap. Not in a union, where the offsets are what is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberOffsetsFix)), Shared]
public sealed class RenumberOffsetsFix() : DocumentFix(
    [RuleIds.Layout], ["Number the offsets without overlap or gap: the fields move to other bytes"], byHand: true)
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Around<TypeDeclarationSyntax>() is { } type && OffsetArguments(type, site) is { } arguments
            ? site.Scope.Claim(type) ? editor => Number(editor, arguments) : FixSite.AlreadyDone
            : null;

    private static void Number(SyntaxEditor editor, List<(ExpressionSyntax Argument, int Offset)> arguments)
    {
        foreach ((ExpressionSyntax argument, int offset) in arguments)
        {
            LiteralExpressionSyntax number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(offset));
            editor.ReplaceNode(argument, number.WithTriviaFrom(argument));
        }
    }

    /// <summary>Each offset's argument and what it should be; <see langword="null"/> where a field has no argument of its own here.</summary>
    private static List<(ExpressionSyntax Argument, int Offset)>? OffsetArguments(TypeDeclarationSyntax type, FixSite site)
    {
        if (site.Property(FindingProperties.Offsets) is not { } offsets)
        {
            return null;
        }

        Dictionary<string, ExpressionSyntax> arguments = ArgumentsByField(type);
        var result = new List<(ExpressionSyntax, int)>();
        foreach (string[] pair in offsets.Split(',').Select(pair => pair.Split('=')))
        {
            if (!arguments.TryGetValue(pair[0], out ExpressionSyntax argument))
            {
                return null;
            }

            result.Add((argument, int.Parse(pair[1], CultureInfo.InvariantCulture)));
        }

        return result;
    }

    private static Dictionary<string, ExpressionSyntax> ArgumentsByField(TypeDeclarationSyntax type)
    {
        var arguments = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        foreach (AttributeSyntax attribute in type.DescendantNodes(node => node == type || node is not TypeDeclarationSyntax).OfType<AttributeSyntax>())
        {
            if (FieldOffsets.Is(attribute) && attribute.ArgumentList is { Arguments: { Count: 1 } only } && NameOf(attribute.Parent?.Parent) is { } name)
            {
                arguments[name] = only[0].Expression;
            }
        }

        return arguments;
    }

    private static string? NameOf(SyntaxNode? member) => member switch
    {
        // Two fields of one declaration share an offset: they can only be taken apart by hand.
        FieldDeclarationSyntax { Declaration.Variables: { Count: 1 } only } => only[0].Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };
}
