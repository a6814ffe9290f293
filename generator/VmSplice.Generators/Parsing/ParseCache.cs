using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Remembers what each declaration was parsed to, for as long as its file is the same one. After an edit in the body of a method the compiler is
/// asked for no symbol: those of a thousand types cost more than the rest of a run.
/// </summary>
internal sealed class ParseCache
{
    private readonly ConditionalWeakTable<SyntaxNode, StrongBox<Answer?>> _answers = new();

    /// <summary>The parsed declaration: one of those that <see cref="MarkedDeclarations"/> finds.</summary>
    public Parsed Parse(SyntaxNode declaration, Compilation compilation, ProjectVersion version, CancellationToken cancellation)
    {
        StrongBox<Answer?> box = _answers.GetOrCreateValue(declaration);
        if (box.Value is { } before && version.DeclaresTheSameAs(before.Version))
        {
            box.Value = before with { Version = version };
            return before.Parsed;
        }

        ISymbol? symbol = compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation);
        Parsed parsed = Parse(declaration, symbol, compilation, cancellation);
        box.Value = IsInOneFile(symbol as INamedTypeSymbol ?? symbol?.ContainingType) ? new Answer(version, parsed) : null;
        return parsed;
    }

    private static Parsed Parse(SyntaxNode declaration, ISymbol? symbol, Compilation compilation, CancellationToken cancellation) => symbol switch
    {
        INamedTypeSymbol type when declaration is ClassDeclarationSyntax => BufferParser.ParseDeclaration(type, declaration, compilation, cancellation),
        INamedTypeSymbol type => RecordParser.ParseDeclaration(type, declaration, compilation, cancellation),
        IPropertySymbol property => new Parsed(null, null, StubParser.ParseStray(property, compilation, cancellation)),
        _ => default,
    };

    /// <summary>Of a part in another file the parser reads also what <see cref="DeclarationComparer"/> passes over: its comment.</summary>
    private static bool IsInOneFile(INamedTypeSymbol? type)
        => type is not null && type.DeclaringSyntaxReferences.All(part => part.SyntaxTree == type.DeclaringSyntaxReferences[0].SyntaxTree);

    private sealed record Answer(ProjectVersion Version, Parsed Parsed);
}
