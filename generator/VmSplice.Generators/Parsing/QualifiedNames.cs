using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Writes names that mean one type wherever they stand, also where the project gave the type's assembly an alias. One file's names each.</summary>
internal sealed class QualifiedNames(Compilation compilation)
{
    private const string Global = "global";

    private readonly SortedSet<string> _externs = new(StringComparer.Ordinal);

    /// <summary>A type, or the types in a member's head, with all names: <c>global::Demo.Tick</c>, or <c>palette::Palette.Rgba</c>.</summary>
    public string Of(ISymbol symbol, SymbolDisplayFormat format)
    {
        ImmutableArray<SymbolDisplayPart> parts = symbol.ToDisplayParts(format);
        return string.Concat(parts.Select((part, i) => IsRoot(parts, i) ? RootOf(parts, i) : part.ToString()));
    }

    public string Of(ITypeSymbol type) => Of(type, SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The aliases of the names that were asked for so far.</summary>
    /// <param name="runtime">The assembly of the attribute that marks the type.</param>
    public AssemblyAliases Aliases(IAssemblySymbol runtime)
    {
        string name = NameOf(runtime);
        return new AssemblyAliases(name, new(_externs));
    }

    private static bool IsRoot(ImmutableArray<SymbolDisplayPart> parts, int index)
        => index + 1 < parts.Length && parts[index].ToString() == Global && parts[index + 1].ToString() == "::";

    /// <summary>The first type that the name comes to is of the assembly that is meant.</summary>
    private string RootOf(ImmutableArray<SymbolDisplayPart> parts, int index)
        => NameOf(parts.Skip(index).Select(part => part.Symbol).OfType<INamedTypeSymbol>().FirstOrDefault()?.ContainingAssembly);

    private string NameOf(IAssemblySymbol? assembly)
    {
        ImmutableArray<string> aliases = assembly is null ? [] : compilation.GetMetadataReference(assembly)?.Properties.Aliases ?? [];
        if (aliases.IsDefaultOrEmpty || aliases.Contains(Global))
        {
            return Global;
        }

        string alias = SymbolNames.Escape(aliases[0]);
        _externs.Add(alias);
        return alias;
    }
}
