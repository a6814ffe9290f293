using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1006: stores a number of which every bit pattern is valid, and keeps the field's name and type as a property, so
/// that the code that uses it stays as it is. What such a number does not tell apart, or tells apart anew, is <see cref="AnyPatternByHandFix"/>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnyPatternFix)), Shared]
public sealed class AnyPatternFix() : DocumentFix(RuleIds.InvalidPatterns, "Store a number, and convert in a property")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Property(FindingProperties.Replaced) switch
        {
            "System.DateTime" when !StoredProperty.IsInRecord(site) => StoredProperty.Plan(site, AnyPatterns.DateTime),
            "System.DateOnly" => StoredProperty.Plan(site, AnyPatterns.DateOnly),
            "System.TimeOnly" => StoredProperty.Plan(site, AnyPatterns.TimeOnly),
            "System.Text.Rune" => StoredProperty.Plan(site, AnyPatterns.Rune),
            // A decimal has no number of the same range: how many digits are needed, only the user knows.
            _ => null,
        };
}
