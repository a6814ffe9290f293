using Microsoft.CodeAnalysis;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// The compilation that a symbol's source belongs to. An editor refers to another project as source; the compiler then
/// may wrap that project's symbols, and the wrapped ones do not tell all.
/// </summary>
internal static class HomeCompilation
{
    public static Compilation Of(ISymbol symbol, Compilation compilation)
        => symbol.ContainingAssembly is { } assembly && compilation.GetMetadataReference(assembly) is CompilationReference reference
            ? reference.Compilation
            : compilation;

    /// <summary>The length of a fixed-size buffer; a wrapped field says 0.</summary>
    public static int FixedSizeOf(IFieldSymbol field, Compilation compilation)
    {
        Compilation home = Of(field, compilation);
        return field.FixedSize == 0
            && !ReferenceEquals(home, compilation)
            && DocumentationCommentId.CreateDeclarationId(field) is { } id
            && DocumentationCommentId.GetFirstSymbolForDeclarationId(id, home) is IFieldSymbol original
            ? original.FixedSize
            : field.FixedSize;
    }
}
