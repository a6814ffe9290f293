using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2005: takes pages of the runtime instead of <c>stackalloc</c>. They are not disposed here: nothing tells when the
/// reader is done with a raw call, and a buffer that is not given back is never handed out again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AllocatePagesFix)), Shared]
public sealed class AllocatePagesFix() : DocumentFix("VMS2005", "Allocate pages instead of stack memory")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Property("buffer") is not { } name || site.Member is not { } member)
        {
            return null;
        }

        // Two variables of that name, in two blocks: which of them it is was not told.
        VariableDeclaratorSyntax[] named = [.. member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == name)];
        if (named.Only() is not { Initializer.Value: StackAllocArrayCreationExpressionSyntax { Initializer: null } made, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration } } variable
            || made.Type is not ArrayTypeSyntax type
            || LocalUses.LengthOf(type) is not { } size
            || site.Model.GetDeclaredSymbol(variable, site.Cancellation) is not ILocalSymbol local
            || site.Model.GetTypeInfo(size, site.Cancellation).Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_SByte)
            || site.Model.Compilation.GetTypeByMetadataName("VmSplice.PageBuffer`1") is null
            || ViewOf(local.Type, type.ElementType) is not { } view)
        {
            return null;
        }

        if (!site.Scope.Claim(declaration))
        {
            return FixSite.AlreadyDone;
        }

        string pages = site.Scope.Unused(name + "Pages", site.Model, declaration);
        string buffer = $"global::VmSplice.PageBuffer<{type.ElementType}>";
        return editor =>
        {
            editor.InsertBefore(declaration,
            [
                Made.StatementLike(declaration, $"{buffer} {pages} = {buffer}.Allocate({size});").WithLeadingTrivia(declaration.GetLeadingTrivia()),
                // What stackalloc gives is zero.
                Made.StatementLike(declaration, $"{pages}.Span.Clear();"),
            ]);
            editor.ReplaceNode(declaration, Made.StatementLike(declaration, $"{declaration.Declaration.Type} {name} = {string.Format(System.Globalization.CultureInfo.InvariantCulture, view, pages)};").WithTrailingTrivia(declaration.GetTrailingTrivia()));
        };
    }

    private static string? ViewOf(ITypeSymbol type, TypeSyntax element) => type switch
    {
        IPointerTypeSymbol => $"({element}*){{0}}.Address",
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } => "{0}.Span",
        _ => null,
    };
}
