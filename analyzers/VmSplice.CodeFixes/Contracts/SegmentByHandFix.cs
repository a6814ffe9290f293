using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1008, where something has to be decided: how many elements there can be, whether text travels as characters or as UTF-8, and
/// whether a body or an initial value was needed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SegmentByHandFix)), Shared]
public sealed class SegmentByHandFix() : DocumentFix([RuleIds.Segment], [Many, Utf8, Utf16, WithoutBody], byHand: true)
{
    private const string Many = "Declare it as a segment of at most 1,024 elements: put your own bound";
    private const string Utf8 = "Declare it as a text of at most 1,024 bytes of UTF-8: put your own bound";
    private const string Utf16 = "Declare it as a text of at most 1,024 characters of UTF-16: put your own bound";
    private const string Text = "TextSegment";
    private const string WithoutBody = "Declare it as a segment: its body or initial value goes";
    private const string Bound = "MaxLength = 1024";

    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Property(FindingProperties.Form) is not { } form || SegmentDeclaration.Of(site) is not { } declaration)
        {
            return null;
        }

        bool isUnbounded = site.Property(FindingProperties.Element) is not null;
        return site.Title switch
        {
            Many when isUnbounded && form != Text => declaration.Become(form, Bound),
            Utf8 when isUnbounded && form == Text => declaration.Become(Text, Bound),
            Utf16 when isUnbounded && form == Text => declaration.Become("CharSegment", Bound),
            WithoutBody when !isUnbounded && declaration.HasContent => declaration.Become(form),
            _ => null,
        };
    }
}
