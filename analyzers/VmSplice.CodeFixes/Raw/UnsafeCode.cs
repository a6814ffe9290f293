using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Raw;

/// <summary>Statements with pointers in them.</summary>
internal static class UnsafeCode
{
    /// <summary>A block of them that may stand at <paramref name="near"/>; null where the project allows no unsafe code.</summary>
    public static string? Block(IEnumerable<string> statements, SemanticModel model, SyntaxNode near)
    {
        string block = $"{{\n{string.Join("\n", statements)}\n}}";
        return IsAllowedAt(near) ? block
            : model.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: true } ? $"{{\nunsafe\n{block}\n}}"
            : null;
    }

    private static bool IsAllowedAt(SyntaxNode near) => near.Ancestors().Any(node => node switch
    {
        UnsafeStatementSyntax => true,
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });
}
