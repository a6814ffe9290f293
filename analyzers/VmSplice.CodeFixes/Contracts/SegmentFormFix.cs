using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1008: declares a segment as the generator needs it, <c>partial ref T</c> or <c>partial Span&lt;T&gt;</c> with a getter alone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SegmentFormFix)), Shared]
public sealed class SegmentFormFix() : DocumentFix(RuleIds.Segment, "Declare it as a segment")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Property(FindingProperties.Form) is { } form && site.Property(FindingProperties.Element) is null
            && SegmentDeclaration.Of(site) is { HasContent: false } declaration
                ? declaration.Become(form)
                : null;
}
