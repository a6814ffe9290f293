using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1013: makes the layout file say what the declaration says, although programs know what was recorded. One at a time, by hand: whoever fixes
/// all at once would lose what the file is for. It is offered in the layout file too, where a type is gone.
/// </summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ChangeRecordedLayoutFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)]), Shared]
public sealed class ChangeRecordedLayoutFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.RecordedLayout];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (LayoutFileChange.IsAskedFor(diagnostic, breaksRecord: true) && LayoutFileChange.CanBeMade(project))
            {
                string title = diagnostic.Properties[FindingProperties.Layouts] == ""
                    ? "Remove the record of the type: changes of it under another name go unnoticed"
                    : "Record the changed layout: programs that know the recorded one refuse it";
                context.RegisterCodeFix(
                    CodeAction.Create(title, token => LayoutFileChange.MakeAsync(project.Solution, project.Id, [diagnostic], token), title), diagnostic);
            }
        }

        return Task.CompletedTask;
    }
}
