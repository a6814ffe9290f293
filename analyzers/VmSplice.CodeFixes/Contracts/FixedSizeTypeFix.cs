using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1005: replaces the type of a field by one that has the same size everywhere. Where code that uses the field would need a cast,
/// a property keeps its type.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedSizeTypeFix)), Shared]
public sealed class FixedSizeTypeFix() : DocumentFix([RuleIds.PlatformSize], [Replace, Convert])
{
    private const string Replace = "Use a type of fixed size";
    private const string Convert = "Store a number of fixed size, and convert in a property";

    private protected override Action<SyntaxEditor>? Plan(FixSite site)
        => site.Title == Replace ? PlanReplace(site) : ConversionFor(site) is { } conversion ? StoredProperty.Plan(site, conversion) : null;

    private static Action<SyntaxEditor>? PlanReplace(FixSite site)
    {
        // An inline array of such a type is declared elsewhere, and carries no replacement.
        if (site.Property(FindingProperties.Replacement) is not { } replacement || TypeOf(FieldSite.Of(site)) is not { } type)
        {
            return null;
        }

        // "nint a, b;" has two diagnostics and one type.
        return site.Scope.Claim(type)
            ? editor => editor.ReplaceNode(type, SyntaxFactory.ParseTypeName(replacement).WithTriviaFrom(type))
            : FixSite.AlreadyDone;
    }

    private static Conversion? ConversionFor(FixSite site) => site.Property(FindingProperties.Replaced) switch
    {
        "System.IntPtr" => new Conversion("long", "(nint){1}", "{0}"),
        "System.UIntPtr" => new Conversion("ulong", "(nuint){1}", "{0}"),
        "System.Runtime.InteropServices.CLong" => new Conversion("long", "new {0}((nint){1})", "{0}.Value"),
        "System.Runtime.InteropServices.CULong" => new Conversion("ulong", "new {0}((nuint){1})", "{0}.Value"),
        "System.Runtime.InteropServices.NFloat" => new Conversion("double", "new {0}({1})", "{0}.Value"),
        _ => null,
    };

    private static TypeSyntax? TypeOf(SyntaxNode? member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Type,
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        _ => null,
    };
}
