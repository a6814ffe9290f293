using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1006, where the number says less than the value did, or more: the title names it, and the user decides.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnyPatternByHandFix)), Shared]
public sealed class AnyPatternByHandFix() : DocumentFix([RuleIds.InvalidPatterns], [WithoutOffset, WithKind], byHand: true)
{
    private const string WithoutOffset = "Store the UTC ticks, and convert in a property: the offset from UTC is lost";
    private const string WithKind = "Store a number, and convert in a property: equal records then have the same DateTime.Kind";

    private protected override Action<SyntaxEditor>? Plan(FixSite site) => (site.Title, site.Property(FindingProperties.Replaced)) switch
    {
        (WithoutOffset, "System.DateTimeOffset") => StoredProperty.Plan(site, AnyPatterns.DateTimeOffset),
        // A record compares what is stored, and DateTime itself does not compare kinds.
        (WithKind, "System.DateTime") when StoredProperty.IsInRecord(site) => StoredProperty.Plan(site, AnyPatterns.DateTime),
        _ => null,
    };
}
