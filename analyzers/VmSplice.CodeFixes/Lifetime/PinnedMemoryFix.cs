using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2006: a new array becomes a page buffer. Pinned for good it would still be collected, and its page reused, as soon as
/// the method returns. The buffer is not disposed: nothing tells when the reader is done with a raw call.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PinnedMemoryFix)), Shared]
public sealed class PinnedMemoryFix() : DocumentFix("VMS2006", "Use a page buffer instead of the array")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Property("buffer") is not { } name || site.Member is not { } member)
        {
            return null;
        }

        VariableDeclaratorSyntax[] locals = [.. member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Identifier.ValueText == name)];
        if (locals.Only() is not { Initializer.Value: ArrayCreationExpressionSyntax { Initializer: null, Type: { } type } made } variable
            || LocalUses.LengthOf(type) is not { } size
            || site.Model.GetTypeInfo(size, site.Cancellation).Type?.SpecialType != SpecialType.System_Int32
            || site.Model.GetTypeInfo(type.ElementType, site.Cancellation).Type is not { IsUnmanagedType: true })
        {
            return null;
        }

        return InPages(variable, type.ElementType, size, site) is { } plan ? site.Scope.Claim(variable) ? plan : FixSite.AlreadyDone : null;
    }

    private static Action<SyntaxEditor>? InPages(
        VariableDeclaratorSyntax variable, TypeSyntax element, ExpressionSyntax size, FixSite site)
    {
        if (variable.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration }
            || site.Model.GetDeclaredSymbol(variable, site.Cancellation) is not ILocalSymbol local
            || site.Model.Compilation.GetTypeByMetadataName("VmSplice.PageBuffer`1") is null)
        {
            return null;
        }

        IdentifierNameSyntax[] uses = [.. LocalUses.Of(local, block, site)];
        if (!uses.All(use => MeansTheSame(use, site)))
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

            editor.InsertAfter(declaration, Made.StatementLike(declaration, $"{name}.Span.Clear();"));
            editor.ReplaceNode(declaration, Made.StatementLike(declaration, $"{buffer} {name} = {buffer}.Allocate({size});").WithTriviaFrom(declaration));
        };
    }

    /// <summary>A page buffer has the elements and the length of an array, and its span can be the source of <c>fixed</c>.</summary>
    private static bool MeansTheSame(IdentifierNameSyntax use, FixSite site) => use.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == use && access.Name.Identifier.ValueText == "Length",
        ElementAccessExpressionSyntax element when element.ArgumentList.Arguments.Only() is { } index =>
            site.Model.GetTypeInfo(index.Expression, site.Cancellation).Type?.SpecialType == SpecialType.System_Int32,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FixedStatementSyntax } } => true,
        _ => false,
    };
}
