using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;
using VmSplice.CodeFixes.Raw;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>
/// VMS2005, VMS2006, VMS2007: copies the bytes. No other edit of these is right: nothing tells when the reader is done with a raw call,
/// so that memory which must outlive it can never be given back, and taking the release out trades corruption for a leak. Once the bytes
/// are copied, the memory may end in any way it likes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyInsteadFix)), Shared]
public sealed class CopyInsteadFix()
    : DocumentFix([RuleIds.StackMemory, RuleIds.NotPinned, RuleIds.FreedInFlight], ["Copy the bytes with Write instead of vmsplice"])
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (RawCallAt(site) is not { Operation.Syntax: InvocationExpressionSyntax syntax } call
            || !RuntimeSymbols.Of(site.Model.Compilation).HaveGlobalName
            // Who does not want to wait must go on counting; a write of all the bytes waits.
            || (SpliceFlagBits.Of(call.Flags).Possible & SpliceFlagBits.NonBlocking) != 0
            || HandleOf(call) is not { } handle
            || GivenSegments.Of(call) is not { } given
            || FirstInStatement.Around(syntax) is not { } place || !(place.IsWhole || place.CanPrepend))
        {
            return null;
        }

        string writer = site.Scope.Unused("writer", site.Model, syntax);
        if (given.Writes(writer, site, syntax) is not { } writes || UnsafeCode.Block(writes, site.Model, syntax) is not { } body)
        {
            return null;
        }

        if (!site.Scope.Claim(syntax))
        {
            return FixSite.AlreadyDone;
        }

        string copy = $"using (global::VmSplice.SpliceWriter {writer} = global::VmSplice.SpliceWriter.Open({handle}, "
            + $"new global::VmSplice.SpliceWriterOptions {{ LeaveOpen = true }})) {body}";
        return place.IsWhole
            ? editor => place.ReplaceIn(editor, copy)
            : Counted(given, copy, site, place, syntax);
    }

    /// <summary>All was written: that is the result which the rest of the statement counts with.</summary>
    private static Action<SyntaxEditor> Counted(GivenSegments given, string copy, FixSite site, FirstInStatement place, InvocationExpressionSyntax call)
    {
        string[] before = [copy, .. given.Sum(site, call, out string total)];
        return editor =>
        {
            place.InsertBefore(editor, before);
            editor.ReplaceNode(call, Made.Expression(total).WithTriviaFrom(call));
        };
    }

    /// <summary>VMS2007 is at the release, with the call as the related place; the others are at the call or at what it is given.</summary>
    private static RawCall? RawCallAt(FixSite site)
    {
        SyntaxNode? node = site.Diagnostic.Id == RuleIds.FreedInFlight ? site.RelatedNode
            : site.Node is InvocationExpressionSyntax ? site.Node
            : site.Around<ArgumentSyntax>()?.Parent?.Parent;
        // A helper that hands its argument on is not a raw call, and is not changed from outside.
        return node is InvocationExpressionSyntax
            && site.Model.GetOperation(node, site.Cancellation) is { Type.SpecialType: SpecialType.System_IntPtr or SpecialType.System_Int64 } operation
                ? RawCalls.Create(site.Model.Compilation)?.TryGet(operation)
                : null;
    }

    private static string? HandleOf(RawCall call)
    {
        IOperation descriptor = Operand.Unwrap(call.Descriptor);
        if (descriptor.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_IntPtr)
        {
            return $"new global::Microsoft.Win32.SafeHandles.SafePipeHandle({descriptor.Syntax}, ownsHandle: false)";
        }

        for (ITypeSymbol? type = descriptor.Type; type is not null; type = type.BaseType)
        {
            if (type is { Name: "SafeHandle", ContainingNamespace.Name: "InteropServices" })
            {
                return descriptor.Syntax.ToString();
            }
        }

        return null;
    }
}
