using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS3003, VMS3004: no more than <c>IOV_MAX</c> segments in one call.</summary>
internal static class CountRule
{
    public static void Check(SentSegments sent, BodyReport report)
    {
        IOperation operand = sent.Call.Count ?? sent.Call.Segments;
        if (sent.Count.Low > CallLimits.IovMax)
        {
            string count = sent.Count.Exact is { } exact
                ? exact.ToString("N0", CultureInfo.InvariantCulture)
                : string.Format(CultureInfo.InvariantCulture, "at least {0:N0}", sent.Count.Low);
            report.Add(SegmentRules.TooManySegments, operand.Syntax,
                null, $"'{Excerpt.Of(((InvocationExpressionSyntax)sent.Call.Operation.Syntax).Expression)}' is given {count}", "send them in several calls");
        }
        else if (sent.Count.Measured && sent.Count.High > CallLimits.IovMax && (sent.Count.IsBounded || !IsWrapper(sent.Call)))
        {
            report.Add(SegmentRules.UnboundedSegments, operand.Syntax, null,
                sent.Call.Count is null ? $" in '{Excerpt.Of(operand.Syntax)}'" : $", '{Excerpt.Of(operand.Syntax)}',");
        }
    }

    // A method that hands its own parameters on, and the result back, hands on the limit as well: its callers are looked at.
    // One that checks them against another limit does not.
    private static bool IsWrapper(RawCall call)
    {
        if (Operand.Unwrap(call.Count ?? call.Segments)
            is not (IParameterReferenceOperation or IPropertyReferenceOperation { Instance: IParameterReferenceOperation }))
        {
            return false;
        }

        SyntaxNode? node = call.Operation.Syntax.Parent;
        while (node is CastExpressionSyntax or ParenthesizedExpressionSyntax or CheckedExpressionSyntax)
        {
            node = node.Parent;
        }

        return node is ReturnStatementSyntax or ArrowExpressionClauseSyntax || ReturnsItsVariable(node);
    }

    /// <summary><c>nint sent = vmsplice(…); if (sent &lt; 0) …; return sent;</c>, with no other call in between that adds to it.</summary>
    private static bool ReturnsItsVariable(SyntaxNode? stored)
    {
        if (stored is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            || variable.FirstAncestorOrSelf<SyntaxNode>(static one =>
                one is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is not { } function)
        {
            return false;
        }

        string name = variable.Identifier.ValueText;
        bool isReturned = false;
        foreach (IdentifierNameSyntax mention in function.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (mention.Identifier.ValueText != name)
            {
                continue;
            }

            SyntaxNode? around = mention.Parent;
            if ((around is AssignmentExpressionSyntax assignment && assignment.Left == mention)
                || around is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or PostfixUnaryExpressionSyntax
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression })
            {
                return false;
            }

            while (around is CastExpressionSyntax or ParenthesizedExpressionSyntax or CheckedExpressionSyntax)
            {
                around = around.Parent;
            }

            isReturned |= around is ReturnStatementSyntax;
        }

        return isReturned;
    }
}
