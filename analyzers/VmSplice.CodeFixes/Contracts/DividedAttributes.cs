using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// The attributes of a member that becomes a field and a property. What others look for by the member's name or on what is public
/// (<c>[JsonPropertyName]</c>, <c>[Obsolete]</c>) stays there; what only a field can have (<c>[FieldOffset]</c>) goes to what is stored.
/// </summary>
internal sealed record DividedAttributes(string OfField, string OfProperty)
{
    public static DividedAttributes Of(MemberDeclarationSyntax member, FixSite site)
    {
        bool isProperty = member is PropertyDeclarationSyntax;
        (string field, string property) = ("", "");
        foreach (AttributeListSyntax list in member.AttributeLists)
        {
            string? target = list.Target?.Identifier.ValueText;
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                bool staysOnField = target == "field" ? isProperty || !MayBeOnProperty(attribute, site) : !isProperty && !MayBeOnProperty(attribute, site);
                string text = target is null or "field" || staysOnField ? $"[{attribute}] " : $"[{target}: {attribute}] ";
                (field, property) = staysOnField ? (field + text, property) : (field, property + text);
            }
        }

        return new DividedAttributes(field, property);
    }

    private static bool MayBeOnProperty(AttributeSyntax attribute, FixSite site)
    {
        for (INamedTypeSymbol? type = site.Model.GetTypeInfo(attribute, site.Cancellation).Type as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            foreach (AttributeData usage in type.GetAttributes())
            {
                if (usage.AttributeClass is { Name: nameof(AttributeUsageAttribute) } && usage.ConstructorArguments.FirstOrDefault().Value is int targets)
                {
                    return (targets & (int)AttributeTargets.Property) != 0;
                }
            }
        }

        return true;
    }
}
