using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>Annotates all parameters at once: the calls are in one file, the declarations in others, and many calls share one.</summary>
internal sealed class AnnotateAll : FixAllProvider
{
    public static AnnotateAll Instance { get; } = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        ImmutableArray<Diagnostic> diagnostics = await FixAllDiagnostics.OfAsync(fixAllContext).ConfigureAwait(false);
        // dotnet format does not say which: it gets the strictest, after which no use of the buffer goes unseen.
        string attribute = fixAllContext.CodeActionEquivalenceKey ?? AnnotateParameterFix.Strictest;
        return diagnostics.IsEmpty ? null : CodeAction.Create(
            $"Mark all parameters [{attribute}]",
            token => AnnotateParameterFix.AnnotateAsync(fixAllContext.Solution, diagnostics, attribute, token),
            attribute);
    }
}
