using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes;

/// <summary>
/// A fix within one document. It first looks whether it can be made, and is offered only then. One diagnostic or all of a document
/// go the same way: every edit is planned on the first version of the document, then all are made, so that none gets into another's way.
/// </summary>
public abstract class DocumentFix : CodeFixProvider
{
    private readonly ImmutableArray<string> _titles;

    /// <param name="id">The rule that is fixed.</param>
    /// <param name="title">What the fix does, in the user's words.</param>
    private protected DocumentFix(string id, string title)
        : this([id], [title])
    {
    }

    /// <param name="ids">The rules that are fixed.</param>
    /// <param name="titles">The choices there are, the safest first; each title is its own equivalence key.</param>
    private protected DocumentFix(ImmutableArray<string> ids, ImmutableArray<string> titles)
    {
        FixableDiagnosticIds = ids;
        _titles = titles;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics)
        => await ApplyAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await RootAndModelAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not var (root, model))
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (string title in _titles)
            {
                if (Plan(new FixSite(root, model, diagnostic, title, new FixScope(), context.CancellationToken)) is not null)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(title, cancellation => ApplyAsync(context.Document, [diagnostic], title, cancellation), equivalenceKey: title),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>
    /// The edit for one diagnostic and one title, or <see langword="null"/> where there is none that leaves code that compiles and
    /// means what it should. What an earlier edit of the same document already does is <see cref="FixSite.AlreadyDone"/>.
    /// </summary>
    private protected abstract Action<SyntaxEditor>? Plan(FixSite site);

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string? title, CancellationToken cancellation)
    {
        if (await RootAndModelAsync(document, cancellation).ConfigureAwait(false) is not var (root, model))
        {
            return document;
        }

        var scope = new FixScope();
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        // All planned before the first is made: what several share is whole by then.
        Action<SyntaxEditor>?[] plans =
            [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                // dotnet format does not say which choice: it gets the first that can be made.
                .Select(diagnostic => _titles.Where(choice => title is null || choice == title)
                    .Select(choice => Plan(new FixSite(root, model, diagnostic, choice, scope, cancellation)))
                    .FirstOrDefault(plan => plan is not null))];
        foreach (Action<SyntaxEditor>? plan in plans)
        {
            plan?.Invoke(editor);
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static async Task<(SyntaxNode Root, SemanticModel Model)?> RootAndModelAsync(Document document, CancellationToken cancellation)
        => await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
                ? (root, model)
                : null;
}
