using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Finds the declarations that may be marked <c>[Spliceable]</c> or <c>[Segment]</c>, by the attribute's name as it is written. The parser sees
/// whether the name means the runtime's attribute.
/// </summary>
internal static class MarkedDeclarations
{
    private const string Suffix = "Attribute";

    /// <summary>The names that the using directives of a file give to types. Each may be a name of the attribute, and a global one so in every file.</summary>
    public static IEnumerable<string> AliasesIn(SyntaxTree file, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)file.GetRoot(cancellation);
        var names = new List<string>();
        AddAliases(root.Usings, names);
        AddAliases(root.Members, names);
        return names;
    }

    /// <summary>The marked types, and the marked properties with another part, in the order of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="aliases">The other names that the attributes may have.</param>
    public static IEnumerable<SyntaxNode> Find(SyntaxTree file, EquatableArray<string> aliases, CancellationToken cancellation)
    {
        var found = new List<SyntaxNode>();
        AddMarked(((CompilationUnitSyntax)file.GetRoot(cancellation)).Members, aliases, found);
        return found;
    }

    private static void AddAliases(SyntaxList<UsingDirectiveSyntax> usings, List<string> names)
    {
        foreach (UsingDirectiveSyntax directive in usings)
        {
            if (directive.Alias is { } alias)
            {
                names.Add(alias.Name.Identifier.ValueText);
            }
        }
    }

    private static void AddAliases(SyntaxList<MemberDeclarationSyntax> members, List<string> names)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
            {
                AddAliases(space.Usings, names);
                AddAliases(space.Members, names);
            }
        }
    }

    private static void AddMarked(SyntaxList<MemberDeclarationSyntax> members, EquatableArray<string> aliases, List<SyntaxNode> found)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    AddMarked(space.Members, aliases, found);
                    break;
                case TypeDeclarationSyntax type:
                    if (HasAttribute(type, "Spliceable", aliases))
                    {
                        found.Add(type);
                    }

                    AddMarked(type.Members, aliases, found);
                    break;
                case BasePropertyDeclarationSyntax property
                    when property.Modifiers.Any(SyntaxKind.PartialKeyword) && HasAttribute(property, "Segment", aliases):
                    found.Add(property);
                    break;
            }
        }
    }

    private static bool HasAttribute(MemberDeclarationSyntax member, string shortName, EquatableArray<string> aliases)
    {
        foreach (AttributeListSyntax list in member.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                string name = LastNameOf(attribute.Name);
                if (name == shortName || name == shortName + Suffix || aliases.Contains(name) || aliases.Contains(name + Suffix))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string LastNameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
