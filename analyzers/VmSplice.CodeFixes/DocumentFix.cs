using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes;

/// <summary>
/// A fix within one document. It is made on trial first, and offered only where the result compiles. One diagnostic or all of a document
/// go the same way: every edit is planned on the first version of the document, then all are made, so that none gets into another's way.
/// </summary>
public abstract class DocumentFix : CodeFixProvider
{
    private readonly ImmutableArray<string> _titles;
    private readonly bool _byHand;

    /// <param name="id">The rule that is fixed.</param>
    /// <param name="title">What the fix does, in the user's words.</param>
    private protected DocumentFix(string id, string title)
        : this([id], [title])
    {
    }

    /// <param name="ids">The rules that are fixed.</param>
    /// <param name="titles">The choices there are, the safest first; each title is its own equivalence key.</param>
    /// <param name="byHand">
    /// Whether the program may mean something else afterwards. The title then says what changes, the user chooses it at each place, and
    /// there is no way to fix all at once: <c>dotnet format</c> leaves these alone.
    /// </param>
    private protected DocumentFix(ImmutableArray<string> ids, ImmutableArray<string> titles, bool byHand = false)
    {
        FixableDiagnosticIds = ids;
        _titles = titles;
        _byHand = byHand;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => _byHand ? null : FixAllProvider.Create(async (context, document, diagnostics)
        => await FixAllAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await DraftAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } draft)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (string title in _titles)
            {
                if (Make(draft, [(diagnostic, title)], context.CancellationToken) is { } made)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(made)), equivalenceKey: title),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>
    /// The edit for one diagnostic and one title, or <see langword="null"/> where there is none that leaves code that
    /// means what it should. What an earlier edit of the same document already does is <see cref="FixSite.AlreadyDone"/>.
    /// </summary>
    private protected abstract Action<SyntaxEditor>? Plan(FixSite site);

    private async Task<Document> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string? title, CancellationToken cancellation)
    {
        if (await DraftAsync(document, cancellation).ConfigureAwait(false) is not { } draft)
        {
            return document;
        }

        // dotnet format does not say which choice: each place gets the first that can be made.
        ImmutableArray<string> titles = title is null ? _titles : [title];
        Diagnostic[] ordered = [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
        (Diagnostic, string)[] planned = [.. Choose((diagnostic, choice) => Plan(draft.Site(diagnostic, choice, new FixScope(), cancellation)) is not null)];
        SyntaxNode? made = Make(draft, planned, cancellation)
            // One of them does not compile: those that do by themselves are made.
            ?? Make(draft, [.. Choose((diagnostic, choice) => Make(draft, [(diagnostic, choice)], cancellation) is not null)], cancellation);
        return made is null ? document : document.WithSyntaxRoot(made);

        IEnumerable<(Diagnostic, string)> Choose(Func<Diagnostic, string, bool> canBeMade)
        {
            foreach (Diagnostic diagnostic in ordered)
            {
                if (titles.FirstOrDefault(choice => canBeMade(diagnostic, choice)) is { } choice)
                {
                    yield return (diagnostic, choice);
                }
            }
        }
    }

    /// <summary>The document with all the edits, or <see langword="null"/> where there is none or the result does not compile.</summary>
    private SyntaxNode? Make(FixDraft draft, (Diagnostic Diagnostic, string Title)[] choices, CancellationToken cancellation)
    {
        var scope = new FixScope();
        // All planned before the first is made: what several share is whole by then.
        Action<SyntaxEditor>[] plans =
            [.. choices.Select(choice => Plan(draft.Site(choice.Diagnostic, choice.Title, scope, cancellation))).OfType<Action<SyntaxEditor>>()];
        if (plans.Length == 0)
        {
            return null;
        }

        var editor = new SyntaxEditor(draft.Root, draft.Services);
        foreach (Action<SyntaxEditor> plan in plans)
        {
            plan(editor);
        }

        SyntaxNode made = editor.GetChangedRoot();
        return Trial.Compiles(draft.Model, made, FixableDiagnosticIds[0], cancellation) ? made : null;
    }

    private static async Task<FixDraft?> DraftAsync(Document document, CancellationToken cancellation)
        => await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
                ? new FixDraft(root, model, document.Project.Solution.Services)
                : null;
}
