using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.CodeFixes.Usage;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2005: takes pages of the runtime instead of <c>stackalloc</c>. They are not disposed here: nothing tells when the
/// reader is done with a raw call, and a buffer that is not given back is never handed out again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AllocatePagesFix)), Shared]
public sealed class AllocatePagesFix : PlannedFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS2005"];

    protected override string Title => "Allocate pages instead of stack memory";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        SyntaxNode sent = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (!diagnostic.Properties.TryGetValue("buffer", out string? name) || name is null
            || sent.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return null;
        }

        // Two variables of that name, in two blocks: which of them it is was not told.
        VariableDeclaratorSyntax[] named = [.. member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == name)];
        if (named.Only() is not { Initializer.Value: StackAllocArrayCreationExpressionSyntax { Initializer: null } made, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration } } variable
            || made.Type is not ArrayTypeSyntax type
            || LocalUses.LengthOf(type) is not { } size
            || model.GetDeclaredSymbol(variable, cancellation) is not ILocalSymbol local
            || model.GetTypeInfo(size, cancellation).Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_SByte)
            || model.Compilation.GetTypeByMetadataName("VmSplice.PageBuffer`1") is null
            || ViewOf(local.Type, type.ElementType) is not { } view)
        {
            return null;
        }

        if (place.TryShare(declaration, out _))
        {
            return static _ => { };
        }

        string pages = place.Unused(name + "Pages", model, declaration);
        place.Share(declaration, pages);
        string buffer = $"global::VmSplice.PageBuffer<{type.ElementType}>";
        return editor =>
        {
            editor.InsertBefore(declaration,
            [
                StatementLines.Like(declaration, $"{buffer} {pages} = {buffer}.Allocate({size});").WithLeadingTrivia(declaration.GetLeadingTrivia()),
                // What stackalloc gives is zero.
                StatementLines.Like(declaration, $"{pages}.Span.Clear();"),
            ]);
            editor.ReplaceNode(declaration, StatementLines.Like(declaration, $"{declaration.Declaration.Type} {name} = {string.Format(System.Globalization.CultureInfo.InvariantCulture, view, pages)};").WithTrailingTrivia(declaration.GetTrailingTrivia()));
        };
    }

    private static string? ViewOf(ITypeSymbol type, TypeSyntax element) => type switch
    {
        IPointerTypeSymbol => $"({element}*){{0}}.Address",
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } => "{0}.Span",
        _ => null,
    };
}
