using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Private fields that lie exactly where the padding was.</summary>
internal static class PaddingFields
{
    /// <summary>Beyond, a row of fields is no longer the way: an inline array is.</summary>
    private const int MostFields = 32;

    /// <summary>The largest inline array that the runtime loads.</summary>
    private const int MostBytes = 1 << 20;

    public static bool CanFill(SyntaxNode? after, Diagnostic diagnostic)
        => Number(diagnostic, FindingProperties.PaddingSize) is > 0 and <= MostBytes
            && after is MemberDeclarationSyntax { Parent: TypeDeclarationSyntax type }
            && (!IsExplicit(after) || OffsetNameIn(type) is not null);

    public static IEnumerable<MemberDeclarationSyntax> For(MemberDeclarationSyntax after, Diagnostic diagnostic)
    {
        var type = (TypeDeclarationSyntax)after.Parent!;
        int start = Number(diagnostic, FindingProperties.PaddingOffset);
        int end = start + Number(diagnostic, FindingProperties.PaddingSize);
        int alignment = Number(diagnostic, FindingProperties.PaddingAlignment);
        string? offsetName = OffsetNameIn(type);
        if (end - start > MostFields)
        {
            string array = FreeName(type, FormattableString.Invariant($"Padding{start}"));
            yield return Made.MemberLike(after, SyntaxFactory.ParseMemberDeclaration(
                FormattableString.Invariant($"{PlaceOf(start)}private readonly {array} {FreeName(type, FormattableString.Invariant($"_padding{start}"))};"))!);
            yield return Made.MemberLike(after, SyntaxFactory.ParseMemberDeclaration(
                FormattableString.Invariant($"[{InlineArrayIn(after)}({end - start})] private struct {array} {{ private byte _first; }}"))!);
            yield break;
        }

        while (start < end)
        {
            // The largest number that may lie here: it needs no padding itself, and does not raise the alignment of the whole.
            int size = 8;
            while (size > alignment || start % size != 0 || start + size > end)
            {
                size /= 2;
            }

            string name = FreeName(type, FormattableString.Invariant($"_padding{start}"));
            yield return Made.MemberLike(after, SyntaxFactory.ParseMemberDeclaration($"{PlaceOf(start)}private readonly {TypeOf(size)} {name};")!);
            start += size;
        }

        string PlaceOf(int offset) => offsetName is null ? "" : FormattableString.Invariant($"[{offsetName}({offset})] ");
    }

    /// <summary>The attribute's name, short where the file has the namespace anyway.</summary>
    private static string InlineArrayIn(SyntaxNode near)
    {
        const string Namespace = "System.Runtime.CompilerServices";
        bool isImported = near.SyntaxTree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Any(one => one.Alias is null && one.Name?.ToString() == Namespace);
        return isImported ? "InlineArray" : "System.Runtime.CompilerServices.InlineArray";
    }

    private static string TypeOf(int size) => size switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };

    private static bool IsExplicit(SyntaxNode member) => member.DescendantNodes().OfType<AttributeSyntax>().Any(FieldOffsets.Is);

    /// <summary>How the other fields of an explicit layout spell the attribute.</summary>
    private static string? OffsetNameIn(TypeDeclarationSyntax type)
        => type.Members.SelectMany(member => member.AttributeLists)
            .SelectMany(list => list.Attributes).FirstOrDefault(FieldOffsets.Is)?.Name.ToString();

    private static string FreeName(TypeDeclarationSyntax type, string name)
    {
        var taken = new HashSet<string>(
            type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText),
            StringComparer.Ordinal);
        while (taken.Contains(name))
        {
            name += "_";
        }

        return name;
    }

    private static int Number(Diagnostic diagnostic, string property)
        => diagnostic.Properties.TryGetValue(property, out string? text) && text is not null ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
}
