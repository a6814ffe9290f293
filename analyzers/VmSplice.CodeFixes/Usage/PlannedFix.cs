using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace VmSplice.CodeFixes.Usage;

/// <summary>
/// A fix that first looks whether it can be made, and is offered only then. Fixing all makes the edits of one document together on
/// its first version, so that they cannot get into each other's way.
/// </summary>
public abstract class PlannedFix : CodeFixProvider
{
    /// <summary>What the fix does, in the user's words.</summary>
    protected abstract string Title { get; }

    /// <summary>The edit for one diagnostic, or null where there is none that leaves code that compiles.</summary>
    /// <param name="place">What the edits of one document share: names that are taken, places that are done.</param>
    private protected abstract Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation);

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Plan(root, model, diagnostic, new FixScope(), context.CancellationToken) is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => ApplyAsync(context.Document, [diagnostic], cancellation), GetType().Name), diagnostic);
        }
    }

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
            return document;
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        var scope = new FixScope();
        // All planned before the first is made: what several share is whole by then.
        var plans = diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => Plan(root, model, diagnostic, scope, cancellation)).ToArray();
        foreach (var plan in plans)
            plan?.Invoke(editor);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}

/// <summary>Expressions made of text.</summary>
internal static class Made
{
    /// <summary>The expression, with qualified names that shrink to what the file's usings allow.</summary>
    public static ExpressionSyntax Expression(string text)
    {
        var made = SyntaxFactory.ParseExpression(text);
        return made.ReplaceNodes(
            made.DescendantNodesAndSelf().Where(node => node is MemberAccessExpressionSyntax or InvocationExpressionSyntax), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}

/// <summary>What the edits of one document have done so far.</summary>
internal sealed class FixScope
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxNode, string> _done = [];
    private readonly Dictionary<ExpressionSyntax, Dictionary<ExpressionSyntax, ExpressionSyntax?>> _terms = [];

    /// <summary>A name that means nothing at <paramref name="position"/>, nor in another edit.</summary>
    public string Unused(string name, SemanticModel model, SyntaxNode near)
    {
        var member = near.AncestorsAndSelf().Last(node => node.Parent is null or TypeDeclarationSyntax);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in member.DescendantTokens())
            used.Add(token.ValueText);
        var candidate = name;
        for (var number = 2; used.Contains(candidate) || !_taken.Add(candidate) || !model.LookupSymbols(near.SpanStart, name: candidate).IsEmpty; number++)
            candidate = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return candidate;
    }

    /// <summary>What becomes of the terms of a sum, and whether this edit is the first to ask.</summary>
    public (Dictionary<ExpressionSyntax, ExpressionSyntax?> Terms, bool First) TermsOf(ExpressionSyntax sum)
    {
        var first = !_terms.TryGetValue(sum, out var terms);
        return (first ? _terms[sum] = [] : terms!, first);
    }

    /// <summary>Remembers what was made for a node, so that a second edit can share it.</summary>
    public bool TryShare(SyntaxNode node, out string made) => _done.TryGetValue(node, out made!);

    public void Share(SyntaxNode node, string made) => _done[node] = made;
}
