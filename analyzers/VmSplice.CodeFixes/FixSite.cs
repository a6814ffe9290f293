using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes;

/// <summary>Where one diagnostic is to be fixed.</summary>
/// <param name="Root">The document.</param>
/// <param name="Model">What its names mean.</param>
/// <param name="Diagnostic">What the analyzer said.</param>
/// <param name="Title">Which of the fix's choices.</param>
/// <param name="Scope">What the edits of this document share.</param>
/// <param name="Cancellation">Stops the search.</param>
internal sealed record FixSite(
    SyntaxNode Root, SemanticModel Model, Diagnostic Diagnostic, string Title, FixScope Scope, CancellationToken Cancellation)
{
    /// <summary>Another edit of the same document already does it.</summary>
    public static Action<SyntaxEditor> AlreadyDone { get; } = static _ => { };

    /// <summary>The innermost node at the place of the diagnostic.</summary>
    public SyntaxNode Node => NodeAt(Diagnostic.Location);

    /// <summary>The innermost node at the first related place, where there is one in this document.</summary>
    public SyntaxNode? RelatedNode
        => Diagnostic.AdditionalLocations.FirstOrDefault(related => related.SourceTree == Root.SyntaxTree) is { } first ? NodeAt(first) : null;

    /// <summary>The member that the diagnostic is in.</summary>
    public MemberDeclarationSyntax? Member => Around<MemberDeclarationSyntax>();

    /// <summary>The node at the place of the diagnostic, or the nearest around it, of a kind.</summary>
    public T? Around<T>()
        where T : SyntaxNode
        => Node.FirstAncestorOrSelf<T>();

    /// <summary>What the analyzer tells the fix under this name, or <see langword="null"/>.</summary>
    public string? Property(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    private SyntaxNode NodeAt(Location location) => Root.FindNode(location.SourceSpan, getInnermostNodeForTie: true);
}
