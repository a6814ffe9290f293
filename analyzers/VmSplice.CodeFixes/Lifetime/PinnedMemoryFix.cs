using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.CodeFixes.Usage;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2006: a new array becomes a page buffer. Pinned for good it would still be collected, and its page reused, as soon as
/// the method returns. The buffer is not disposed: nothing tells when the reader is done with a raw call.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PinnedMemoryFix)), Shared]
public sealed class PinnedMemoryFix : PlannedFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS2006"];

    protected override string Title => "Use a page buffer instead of the array";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        SyntaxNode sent = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (!diagnostic.Properties.TryGetValue("buffer", out string? name) || name is null
            || sent.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return null;
        }

        VariableDeclaratorSyntax[] locals = [.. member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == name)];
        if (locals.Only() is not { Initializer.Value: ArrayCreationExpressionSyntax { Initializer: null, Type: { } type } made } variable
            || LocalUses.LengthOf(type) is not { } size
            || model.GetTypeInfo(size, cancellation).Type?.SpecialType != SpecialType.System_Int32
            || model.GetTypeInfo(type.ElementType, cancellation).Type is not { IsUnmanagedType: true })
        {
            return null;
        }

        if (place.TryShare(variable, out _))
        {
            return static _ => { };
        }

        Action<SyntaxEditor>? plan = InPages(variable, type.ElementType, size, model, cancellation);
        if (plan is not null)
        {
            place.Share(variable, name);
        }

        return plan;
    }

    private static Action<SyntaxEditor>? InPages(
        VariableDeclaratorSyntax variable, TypeSyntax element, ExpressionSyntax size, SemanticModel model, CancellationToken cancellation)
    {
        if (variable.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration }
            || model.GetDeclaredSymbol(variable, cancellation) is not ILocalSymbol local
            || model.Compilation.GetTypeByMetadataName("VmSplice.PageBuffer`1") is null)
        {
            return null;
        }

        IdentifierNameSyntax[] uses = [.. LocalUses.Of(local, block, model, cancellation)];
        if (!uses.All(use => MeansTheSame(use, model, cancellation)))
        {
            return null;
        }

        string name = local.Name;
        string buffer = $"global::VmSplice.PageBuffer<{element}>";
        return editor =>
        {
            foreach (IdentifierNameSyntax use in uses.Where(use => use.Parent is EqualsValueClauseSyntax))
            {
                editor.ReplaceNode(use, Made.Expression($"{name}.Span").WithTriviaFrom(use));
            }

            editor.InsertAfter(declaration, StatementLines.Like(declaration, $"{name}.Span.Clear();"));
            editor.ReplaceNode(declaration, StatementLines.Like(declaration, $"{buffer} {name} = {buffer}.Allocate({size});").WithTriviaFrom(declaration));
        };
    }

    /// <summary>A page buffer has the elements and the length of an array, and its span can be the source of <c>fixed</c>.</summary>
    private static bool MeansTheSame(IdentifierNameSyntax use, SemanticModel model, CancellationToken cancellation) => use.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == use && access.Name.Identifier.ValueText == "Length",
        ElementAccessExpressionSyntax element when element.ArgumentList.Arguments.Only() is { } index =>
            model.GetTypeInfo(index.Expression, cancellation).Type?.SpecialType == SpecialType.System_Int32,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FixedStatementSyntax } } => true,
        _ => false,
    };
}
