using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Segments;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Segments;

/// <summary>VMS3005: asks the system for the page size.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PageSizeFix)), Shared]
public sealed class PageSizeFix() : DocumentFix(RuleIds.PageSizeLiteral, "Use Environment.SystemPageSize")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node is not ExpressionSyntax literal || MustBeConstant(literal))
        {
            return null;
        }

        (ExpressionSyntax Old, ExpressionSyntax New)[] all = [.. PageSizeLiteral.Beside(literal).Append(literal).Select(one => (one, Replacement(one, site)))];
        return editor =>
        {
            foreach ((ExpressionSyntax old, ExpressionSyntax replacement) in all)
            {
                editor.ReplaceNode(old, replacement);
            }
        };
    }

    private static ExpressionSyntax Replacement(ExpressionSyntax literal, FixSite site)
    {
        string text = "System.Environment.SystemPageSize";
        if (PageSizeLiteral.IsMask(literal))
        {
            text = $"({text} - 1)";
        }

        // A literal takes the type that is asked for; a property is an int, which becomes a long or a native integer by itself, but nothing unsigned.
        text = Wanted(literal, site) switch
        {
            SpecialType.System_UIntPtr => $"(nuint){text}",
            SpecialType.System_UInt32 => $"(uint){text}",
            SpecialType.System_UInt64 => $"(ulong){text}",
            _ => text,
        };
        return Made.Expression(text).WithTriviaFrom(literal);
    }

    private static SpecialType Wanted(ExpressionSyntax literal, FixSite site)
    {
        // ~4095 and -4096 and 2 * 4096 are constants as a whole: what is asked for is asked of the whole.
        ExpressionSyntax whole = literal;
        while (whole.Parent is ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax
            || whole.Parent is BinaryExpressionSyntax binary && site.Model.GetConstantValue(binary, site.Cancellation).HasValue)
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        return site.Model.GetTypeInfo(whole, site.Cancellation).ConvertedType?.SpecialType ?? SpecialType.None;
    }

    private static bool MustBeConstant(SyntaxNode node)
    {
        foreach (SyntaxNode ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AttributeSyntax or CaseSwitchLabelSyntax or ConstantPatternSyntax or EnumMemberDeclarationSyntax or ParameterSyntax:
                case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                case LocalDeclarationStatementSyntax local when local.Modifiers.Any(SyntaxKind.ConstKeyword):
                    return true;
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }
}
