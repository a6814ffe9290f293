using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host;

namespace VmSplice.CodeFixes;

/// <summary>The first version of a document, on which every edit is planned.</summary>
internal sealed record FixDraft(SyntaxNode Root, SemanticModel Model, SolutionServices Services)
{
    public FixSite Site(Diagnostic diagnostic, string title, FixScope scope, CancellationToken cancellation)
        => new(Root, Model, diagnostic, title, scope, cancellation);
}
