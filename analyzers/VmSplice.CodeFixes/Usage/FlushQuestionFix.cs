using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4009: flushes the record writer before the answer is read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlushQuestionFix)), Shared]
public sealed class FlushQuestionFix() : DocumentFix(RuleIds.QuestionNotSent, "Send what was written first")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Property(FindingProperties.Writer) is { } writer ? BeforeStatement.Insert(site, $"{writer}.Flush();") : null;
}
