using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Contracts;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Writes into a project's layout file what findings of VMS1013 ask for.</summary>
internal static class LayoutFileChange
{
    public static bool IsAskedFor(Diagnostic diagnostic, bool breaksRecord)
        => diagnostic.Properties.ContainsKey(FindingProperties.Layouts) && diagnostic.Properties.ContainsKey(FindingProperties.BreaksRecord) == breaksRecord;

    public static bool CanBeMade(Project project) => FileOf(project) is not null;

    public static async Task<Solution> MakeAsync(Solution solution, ProjectId project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (solution.GetProject(project) is not { } changed || FileOf(changed) is not { } file)
        {
            return solution;
        }

        SourceText text = await file.GetTextAsync(cancellation).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            text = LayoutFileEdit.Replace(
                text, diagnostic.Properties[FindingProperties.RecordedType]!, diagnostic.Properties[FindingProperties.Layouts]!);
        }

        return solution.WithAdditionalDocumentText(file.Id, text);
    }

    private static TextDocument? FileOf(Project project) => project.AdditionalDocuments.FirstOrDefault(one => LayoutFile.IsAt(one.FilePath ?? one.Name));
}
