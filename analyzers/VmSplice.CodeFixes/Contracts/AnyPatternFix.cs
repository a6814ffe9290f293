using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1006: stores a number of which every bit pattern is valid, and keeps the field's name and type as a property, so
/// that the code that uses it stays as it is.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnyPatternFix)), Shared]
public sealed class AnyPatternFix() : DocumentFix(ContractRuleIds.InvalidPatterns, "Store a number, and convert in a property")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (ConversionFor(site.Property(FindingProperties.Replaced)) is not { } conversion
            || FieldSite.Of(site) is not MemberDeclarationSyntax member
            || !StoredProperty.CanReplace(member))
        {
            return null;
        }

        (MemberDeclarationSyntax stored, MemberDeclarationSyntax property) = StoredProperty.Replace(member, conversion);
        return editor =>
        {
            editor.InsertBefore(member, stored);
            editor.ReplaceNode(member, property);
        };
    }

    private static Conversion? ConversionFor(string? type) => type switch
    {
        "System.DateTime" => new Conversion("long", "{0}.FromBinary({1})", "ToBinary()"),
        "System.DateTimeOffset" => new Conversion("long", "new {0}({1}, default)", "UtcTicks"),
        "System.DateOnly" => new Conversion("int", "{0}.FromDayNumber({1})", "DayNumber"),
        "System.TimeOnly" => new Conversion("long", "new {0}({1})", "Ticks"),
        "System.Text.Rune" => new Conversion("int", "new {0}({1})", "Value"),
        // A decimal has no number of the same range: how many digits are needed, only the user knows.
        _ => null,
    };
}
