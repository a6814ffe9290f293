using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1003: makes an automatic layout sequential, or gives explicit fields offsets without overlap or gap.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProvableLayoutFix))]
[Shared]
public sealed class ProvableLayoutFix : ContractFix
{
    private const string MakeSequential = "Use LayoutKind.Sequential";
    private const string Renumber = "Number the offsets without overlap or gap";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ContractRuleIds.Layout];

    /// <inheritdoc/>
    protected override IEnumerable<string> TitlesFor(SyntaxNode root, Diagnostic diagnostic)
    {
        if (KindArgumentAt(root, diagnostic) is not null)
        {
            yield return MakeSequential;
        }
        else if (OffsetArguments(root, diagnostic) is not null)
        {
            yield return Renumber;
        }
    }

    /// <inheritdoc/>
    protected override void Apply(SyntaxEditor editor, IReadOnlyList<Diagnostic> diagnostics, string title)
    {
        SyntaxNode root = editor.OriginalRoot;
        if (title == MakeSequential)
        {
            foreach (SimpleNameSyntax kind in diagnostics.Select(diagnostic => KindArgumentAt(root, diagnostic)!).Distinct())
            {
                editor.ReplaceNode(kind, SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(kind));
            }

            return;
        }

        foreach (IGrouping<TypeDeclarationSyntax?, Diagnostic> type in diagnostics.GroupBy(diagnostic => TypeAt(root, diagnostic)))
        {
            foreach ((ExpressionSyntax argument, int offset) in OffsetArguments(root, type.First())!)
            {
                LiteralExpressionSyntax number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(offset));
                editor.ReplaceNode(argument, number.WithTriviaFrom(argument));
            }
        }
    }

    /// <summary>The <c>Auto</c> of <c>LayoutKind.Auto</c>; a number in its place is left to the user.</summary>
    private static SimpleNameSyntax? KindArgumentAt(SyntaxNode root, Diagnostic diagnostic)
        => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList?.Arguments.FirstOrDefault()?.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };

    /// <summary>Each offset's argument and what it should be; <see langword="null"/> where a field has no argument of its own here.</summary>
    private static List<(ExpressionSyntax Argument, int Offset)>? OffsetArguments(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FindingProperties.Offsets, out string? offsets) || offsets is null || TypeAt(root, diagnostic) is not { } type)
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
