using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// A fix of a declaration. One diagnostic or all of a document go the same way: several may ask for the same change of
/// the same type, and the change is made once.
/// </summary>
public abstract class ContractFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await FixAsync(document, diagnostics, context.CodeActionEquivalenceKey ?? "", context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (string title in root is null ? [] : TitlesFor(root, diagnostic))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, token => FixAsync(context.Document, [diagnostic], title, token), equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    /// <summary>The fixes that are possible, which are their own equivalence keys; none where one would not compile.</summary>
    /// <param name="root">The document.</param>
    /// <param name="diagnostic">What the analyzer said.</param>
    protected abstract IEnumerable<string> TitlesFor(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>Makes the changes for all these diagnostics.</summary>
    /// <param name="editor">Edits the document.</param>
    /// <param name="diagnostics">Those for which the fix is possible.</param>
    /// <param name="title">Which fix.</param>
    protected abstract void Apply(SyntaxEditor editor, IReadOnlyList<Diagnostic> diagnostics, string title);

    /// <summary>The type declaration around the place of a diagnostic.</summary>
    private protected static TypeDeclarationSyntax? TypeAt(SyntaxNode root, Diagnostic diagnostic)
        => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>The field, property or parameter at the place of a diagnostic.</summary>
    private protected static SyntaxNode? MemberAt(SyntaxNode root, Diagnostic diagnostic)
        => root.FindNode(diagnostic.Location.SourceSpan)
            .FirstAncestorOrSelf<SyntaxNode>(node => node is FieldDeclarationSyntax or PropertyDeclarationSyntax or ParameterSyntax);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string title, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        Diagnostic[] possible = [.. diagnostics.Where(diagnostic => TitlesFor(root, diagnostic).Contains(title))];
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        Apply(editor, possible, title);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}
