using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4008: disposes the writer before the child is waited for. A second Dispose, at the end of <c>using</c>, has no effect.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CloseInputFix)), Shared]
public sealed class CloseInputFix() : DocumentFix(RuleIds.InputOpen, "Dispose the writer before the wait")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Property(FindingProperties.Writer) is { } writer ? BeforeStatement.Insert(site, $"{writer}.Dispose();") : null;
}
