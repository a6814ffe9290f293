using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Usage;
using VmSplice.CodeFixes.Raw;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Segments;

/// <summary>
/// VMS3004: sends at most <c>IOV_MAX</c> segments in one call. What is left over is a short transfer like any other, so the fix is offered
/// only where the result is looked at.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BoundSegmentCountFix)), Shared]
public sealed class BoundSegmentCountFix() : DocumentFix(RuleIds.UnboundedSegments, $"Send at most {CallLimits.IovMaxText} segments at a time")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node is not ExpressionSyntax operand
            || operand.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is not InvocationExpressionSyntax syntax
            || site.Model.GetOperation(syntax, site.Cancellation) is not { } operation
            || RawCalls.Create(site.Model.Compilation)?.TryGet(operation) is not { } call
            || RawResult.UseOf(operation) != ResultUse.Counted)
        {
            return null;
        }

        if (call.Count is null && operand is InvocationExpressionSyntax)
        {
            return NameTheList(operand, syntax, call, site);
        }

        string? bounded = call.Count is not null ? BoundedCount(operand, site) : BoundedList(operand, operand.ToString(), site);
        if (bounded is null)
        {
            return null;
        }

        ExpressionSyntax replacement = Made.Expression(bounded).WithTriviaFrom(operand);
        return editor => editor.ReplaceNode(operand, replacement);
    }

    private static string? BoundedCount(ExpressionSyntax count, FixSite site)
        => site.Model.GetTypeInfo(count, site.Cancellation).Type?.SpecialType switch
        {
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
                => $"System.Math.Min({count.WithoutTrivia()}, {CallLimits.IovMax})",
            SpecialType.System_UIntPtr => $"nuint.Min({count.WithoutTrivia()}, {CallLimits.IovMax})",
            SpecialType.System_IntPtr => $"nint.Min({count.WithoutTrivia()}, {CallLimits.IovMax})",
            _ => null,
        };

    /// <summary>A list that a call makes is made once, and named.</summary>
    private static Action<SyntaxEditor>? NameTheList(ExpressionSyntax list, InvocationExpressionSyntax syntax, RawCall call, FixSite site)
    {
        if (FirstInStatement.Around(syntax) is not { CanPrepend: true } place || !GivenSegment.CanRepeat(call.Descriptor.Syntax))
        {
            return null;
        }

        string name = site.Scope.Unused("segments", site.Model, syntax);
        if (BoundedList(list, name, site) is not { } bounded)
        {
            return null;
        }

        return editor =>
        {
            place.InsertBefore(editor, [$"var {name} = {list};"]);
            editor.ReplaceNode(list, Made.Expression(bounded));
        };
    }

    private static string? BoundedList(ExpressionSyntax list, string name, FixSite site)
    {
        if (list is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax))
        {
            return null;
        }

        return site.Model.GetTypeInfo(list, site.Cancellation).Type switch
        {
            IArrayTypeSymbol => $"System.MemoryExtensions.AsSpan({name}, 0, System.Math.Min({name}.Length, VmSplice.RawPipe.IovMax))",
            INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" } => $"{name}[..System.Math.Min({name}.Length, VmSplice.RawPipe.IovMax)]",
            _ => null,
        };
    }
}
