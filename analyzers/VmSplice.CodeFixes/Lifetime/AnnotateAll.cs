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
        ImmutableArray<Diagnostic> diagnostics = fixAllContext.Scope switch
        {
            FixAllScope.Document when fixAllContext.Document is { } document =>
                await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false),
            FixAllScope.Project => await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project).ConfigureAwait(false),
            FixAllScope.Solution => await OfSolutionAsync(fixAllContext).ConfigureAwait(false),
            _ => [],
        };
        // dotnet format does not say which: it gets the strictest, after which no use of the buffer goes unseen.
        string attribute = fixAllContext.CodeActionEquivalenceKey ?? AnnotateParameterFix.Strictest;
        return diagnostics.IsEmpty ? null : CodeAction.Create(
            $"Mark all parameters [{attribute}]",
            token => AnnotateParameterFix.AnnotateAsync(fixAllContext.Solution, diagnostics, attribute, token),
            attribute);
    }

    private static async Task<ImmutableArray<Diagnostic>> OfSolutionAsync(FixAllContext context)
    {
        ImmutableArray<Diagnostic>.Builder all = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (Project project in context.Solution.Projects)
        {
            all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
        }

        return all.ToImmutable();
    }
}
