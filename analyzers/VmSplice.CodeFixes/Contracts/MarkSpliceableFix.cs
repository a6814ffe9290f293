using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1012: marks the type <c>[Spliceable]</c>, and makes it and each type around it partial. The declaration may be in another file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkSpliceableFix)), Shared]
public sealed class MarkSpliceableFix : CodeFixProvider
{
    private const string Title = "Mark the type [Spliceable] and make it partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnmarkedType];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => MarkAll.Instance;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (DocumentOf(solution, diagnostic) is not null)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, token => MarkAsync(solution, [diagnostic], token), Title), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static Document? DocumentOf(Solution solution, Diagnostic diagnostic)
        => diagnostic.AdditionalLocations.Count > 0 && diagnostic.AdditionalLocations[0].SourceTree is { } tree && solution.GetDocument(tree) is { } document
            and not SourceGeneratedDocument ? document : null;

    private static async Task<Solution> MarkAsync(Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        Solution marked = solution;
        foreach (IGrouping<DocumentId, Diagnostic> file in diagnostics.Where(one => DocumentOf(solution, one) is not null)
            .GroupBy(one => DocumentOf(solution, one)!.Id))
        {
            Document document = solution.GetDocument(file.Key)!;
            if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
                || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
            {
                continue;
            }

            // Many uses, one type; and two types in one class both ask for the class.
            HashSet<TypeDeclarationSyntax> types =
                [.. file.Select(one => root.FindNode(one.AdditionalLocations[0].SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>())
                    .OfType<TypeDeclarationSyntax>()];
            HashSet<TypeDeclarationSyntax> partial = [.. types.SelectMany(type => type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())];
            var editor = new SyntaxEditor(root, solution.Services);
            foreach (TypeDeclarationSyntax type in partial)
            {
                bool isMarked = types.Contains(type);
                editor.ReplaceNode(type, (now, _) => isMarked
                    ? Marked(PartialType.Of((TypeDeclarationSyntax)now), type, model) : PartialType.Of((TypeDeclarationSyntax)now));
            }

            marked = marked.WithDocumentSyntaxRoot(file.Key, editor.GetChangedRoot());
        }

        return marked;
    }

    /// <summary>The attribute on a line of its own, where the type begins one.</summary>
    /// <param name="type">As it is to be.</param>
    /// <param name="original">As it is, which tells where it stands.</param>
    /// <param name="model">What names mean there.</param>
    private static TypeDeclarationSyntax Marked(TypeDeclarationSyntax type, TypeDeclarationSyntax original, SemanticModel model)
    {
        bool isImported = model.LookupNamespacesAndTypes(original.SpanStart, name: "SpliceableAttribute")
            .Any(found => found.ContainingNamespace?.Name == "VmSplice");
        SyntaxTriviaList leading = type.GetLeadingTrivia();
        SyntaxToken before = original.GetFirstToken().GetPreviousToken();
        bool beginsLine = before.IsKind(SyntaxKind.None) || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || leading.Any(SyntaxKind.EndOfLineTrivia);
        string end = original.SyntaxTree.GetText().ToString().Contains("\r\n") ? "\r\n" : "\n";
        IEnumerable<SyntaxTrivia> indentation = leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        AttributeListSyntax mark = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.Attribute(SyntaxFactory.ParseName(isImported ? "Spliceable" : "global::VmSplice.Spliceable"))))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(beginsLine
                ? SyntaxFactory.TriviaList([SyntaxFactory.EndOfLine(end), .. indentation]) : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        TypeDeclarationSyntax bare = type.WithLeadingTrivia();
        return (TypeDeclarationSyntax)bare.WithAttributeLists(bare.AttributeLists.Insert(0, mark));
    }

    private sealed class MarkAll : FixAllProvider
    {
        public static MarkAll Instance { get; } = new();

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            ImmutableArray<Diagnostic> diagnostics = await FixAllDiagnostics.OfAsync(fixAllContext).ConfigureAwait(false);
            return diagnostics.IsEmpty ? null : CodeAction.Create(Title, token => MarkAsync(fixAllContext.Solution, diagnostics, token), Title);
        }
    }
}
