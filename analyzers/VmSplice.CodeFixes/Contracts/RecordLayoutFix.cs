using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1013: writes a type or a version into the layout file that is not there yet. Nothing that is recorded changes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordLayoutFix)), Shared]
public sealed class RecordLayoutFix : CodeFixProvider
{
    private const string Title = "Record the layout";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.RecordedLayout];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => RecordAll.Instance;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (LayoutFileChange.IsAskedFor(diagnostic, breaksRecord: false) && LayoutFileChange.CanBeMade(project))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, token => LayoutFileChange.MakeAsync(project.Solution, project.Id, [diagnostic], token), Title), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private sealed class RecordAll : FixAllProvider
    {
        public static RecordAll Instance { get; } = new();

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            Project[] projects = fixAllContext.Scope == FixAllScope.Solution ? [.. fixAllContext.Solution.Projects] : [fixAllContext.Project];
            var all = new List<(ProjectId Project, Diagnostic[] Diagnostics)>();
            foreach (Project project in projects)
            {
                ImmutableArray<Diagnostic> found = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                    ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                    : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                all.Add((project.Id, [.. found.Where(one => LayoutFileChange.IsAskedFor(one, breaksRecord: false))]));
            }

            return all.All(one => one.Diagnostics.Length == 0)
                ? null : CodeAction.Create(Title, token => RecordAsync(fixAllContext.Solution, all, token), Title);
        }

        private static async Task<Solution> RecordAsync(
            Solution solution, List<(ProjectId Project, Diagnostic[] Diagnostics)> all, CancellationToken cancellation)
        {
            foreach ((ProjectId project, Diagnostic[] diagnostics) in all.Where(one => one.Diagnostics.Length > 0))
            {
                solution = await LayoutFileChange.MakeAsync(solution, project, diagnostics, cancellation).ConfigureAwait(false);
            }

            return solution;
        }
    }
}
