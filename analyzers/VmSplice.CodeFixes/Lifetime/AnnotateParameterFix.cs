using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2010: says at the parameter what the method does with the buffer. Only the user knows which it is, so each is
/// offered; the declaration may be in another file.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnnotateParameterFix)), Shared]
public sealed class AnnotateParameterFix : CodeFixProvider
{
    internal const string Strictest = "Consumes";

    private static readonly (string Attribute, string Title)[] s_choices =
    [
        (Strictest, "Mark the parameter [Consumes]: the method takes the buffer over"),
        ("Borrows", "Mark the parameter [Borrows]: the method reads it until it returns"),
        ("Writes", "Mark the parameter [Writes]: the method writes to it until it returns"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnknownEffect];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AnnotateAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await ParameterAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is null)
            {
                continue;
            }

            foreach ((string attribute, string title) in s_choices)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, token => AnnotateAsync(context.Document.Project.Solution, [diagnostic], attribute, token), attribute),
                    diagnostic);
            }
        }
    }

    internal static async Task<Solution> AnnotateAsync(
        Solution solution, IEnumerable<Diagnostic> diagnostics, string attribute, CancellationToken cancellation)
    {
        var parameters = new HashSet<ParameterSyntax>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                && await ParameterAsync(document, diagnostic, cancellation).ConfigureAwait(false) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        foreach (IGrouping<SyntaxTree, ParameterSyntax> file in parameters.GroupBy(parameter => parameter.SyntaxTree).ToArray())
        {
            DocumentId id = solution.GetDocumentId(file.Key)!;
            var editor = new SyntaxEditor(await file.Key.GetRootAsync(cancellation).ConfigureAwait(false), solution.Services);
            foreach (ParameterSyntax parameter in file)
            {
                editor.ReplaceNode(parameter, (now, _) => Annotated((ParameterSyntax)now, attribute));
            }

            solution = solution.WithDocumentSyntaxRoot(id, editor.GetChangedRoot());
        }

        return solution;
    }

    /// <summary>The declaration of the parameter, where it is in this solution and says nothing yet.</summary>
    private static async Task<ParameterSyntax?> ParameterAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        SyntaxNode passed = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (passed.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument
            || model.GetOperation(argument, cancellation) is not IArgumentOperation { Parameter: { } parameter }
            || parameter.OriginalDefinition.DeclaringSyntaxReferences is not { Length: 1 } declarations
            || await declarations[0].GetSyntaxAsync(cancellation).ConfigureAwait(false) is not ParameterSyntax { Type: not null } declared
            || declared.AttributeLists.SelectMany(list => list.Attributes).Any(IsAnnotation)
            || document.Project.Solution.GetDocument(declared.SyntaxTree) is not { } there
            || there is SourceGeneratedDocument)
        {
            return null;
        }

        return declared;
    }

    private static bool IsAnnotation(AttributeSyntax attribute)
    {
        string name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : attribute.Name.ToString();
        return s_choices.Any(choice => name == choice.Attribute || name == choice.Attribute + "Attribute");
    }

    private static ParameterSyntax Annotated(ParameterSyntax parameter, string attribute)
    {
        NameSyntax name = SyntaxFactory.ParseName($"global::VmSplice.{attribute}").WithAdditionalAnnotations(Simplifier.Annotation);
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(parameter.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        ParameterSyntax bare = parameter.WithLeadingTrivia();
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }
}
