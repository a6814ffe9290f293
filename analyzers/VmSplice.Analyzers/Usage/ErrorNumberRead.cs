using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>A read of the last error number, and the raw call that it is meant for.</summary>
internal static class ErrorNumberRead
{
    public readonly struct FailedCall(RawCall call, InvocationExpressionSyntax? between)
    {
        public RawCall Call { get; } = call;

        /// <summary>The first call between the raw call and the read that may overwrite the number; null where there is none.</summary>
        public InvocationExpressionSyntax? Between { get; } = between;
    }

    /// <summary>The raw call before <paramref name="read"/> whose failure it asks about; null where it asks about another, or that cannot be told.</summary>
    public static FailedCall? SourceOf(ExpressionSyntax read, RawCalls calls, SemanticModel model, CancellationToken cancellation)
    {
        if (Body(read) is not { } body)
        {
            return null;
        }

        RawCall? source = null;
        var between = new List<InvocationExpressionSyntax>();
        foreach (SyntaxNode node in body.DescendantNodes(node => node == body || !IsFunction(node) || node.Span.Contains(read.Span)))
        {
            if (node is not InvocationExpressionSyntax call || call.Span.End > read.SpanStart || IsOnAnotherPath(call, read, body))
            {
                continue;
            }

            if (calls.MayBe(call) && model.GetOperation(call, cancellation) is { } operation
                && calls.TryGet(operation) is { ReturnsErrorNumber: true } found)
            {
                source = found;
                between.Clear();
            }
            else if (source is not null && call.SpanStart >= source.Operation.Syntax.Span.End)
            {
                between.Add(call);
            }
        }

        if (source is null)
        {
            return null;
        }

        Tested guard = Guard(read, source, between, body);
        if (guard == Tested.Another)
        {
            return null;
        }

        foreach (InvocationExpressionSyntax call in between)
        {
            ErrorEffect effect = ErrorNumberEffect.Of(call, model, cancellation);
            // Another native call with an error of its own: without a test of our result, the read is about that one.
            if (effect == ErrorEffect.Replaces && guard == Tested.Nothing)
            {
                return null;
            }

            if (effect != ErrorEffect.None)
            {
                return new FailedCall(source, call);
            }
        }

        return new FailedCall(source, null);
    }

    private static SyntaxNode? Body(SyntaxNode node)
        => node.FirstAncestorOrSelf<SyntaxNode>(ancestor => IsFunction(ancestor) || ancestor is MemberDeclarationSyntax or CompilationUnitSyntax) switch
        {
            GlobalStatementSyntax statement => statement.Parent,
            var body => body,
        };

    private static bool IsFunction(SyntaxNode node) => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    // In a branch that the read is not in, and that does not come back: its calls did not happen when the read does.
    private static bool IsOnAnotherPath(SyntaxNode call, SyntaxNode read, SyntaxNode body)
    {
        for (SyntaxNode? node = call; node is not null && node != body; node = node.Parent)
        {
            if (node.Span.Contains(read.Span))
            {
                return false;
            }

            if (node is StatementSyntax { Parent: IfStatementSyntax or ElseClauseSyntax } branch && (LeavesForGood(branch) || IsOtherArm(branch, read)))
            {
                return true;
            }

            if (node is SwitchSectionSyntax or SwitchExpressionArmSyntax or CatchClauseSyntax)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOtherArm(StatementSyntax branch, SyntaxNode read)
        => branch.FirstAncestorOrSelf<IfStatementSyntax>() is { } choice
        && choice.Span.Contains(read.Span) && !choice.Condition.Span.Contains(read.Span);

    private static bool LeavesForGood(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.Count > 0 && LeavesForGood(block.Statements[block.Statements.Count - 1]),
        ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax => true,
        _ => false,
    };

    private enum Tested
    {
        Nothing,
        TheRawCall,
        Another,
    }

    // if (n < 0) …: whose result does the innermost condition around the read test?
    private static Tested Guard(SyntaxNode read, RawCall call, List<InvocationExpressionSyntax> between, SyntaxNode body)
    {
        for (SyntaxNode? node = read.Parent; node is not null && node != body; node = node.Parent)
        {
            ExpressionSyntax? condition = node switch
            {
                IfStatementSyntax choice => choice.Condition,
                WhileStatementSyntax loop => loop.Condition,
                ConditionalExpressionSyntax choice => choice.Condition,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => both.Left,
                _ => null,
            };
            if (condition is null || condition.Span.Contains(read.Span))
            {
                continue;
            }

            if (Tests(condition, call.Operation.Syntax))
            {
                return Tested.TheRawCall;
            }

            foreach (InvocationExpressionSyntax other in between)
            {
                if (Tests(condition, other))
                {
                    return Tested.Another;
                }
            }
        }

        return Tested.Nothing;
    }

    private static bool Tests(ExpressionSyntax condition, SyntaxNode call)
    {
        if (condition.Span.Contains(call.Span))
        {
            return true;
        }

        if (ResultName(call) is not { } result)
        {
            return false;
        }

        foreach (SyntaxNode mention in condition.DescendantNodesAndSelf())
        {
            if (mention is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == result)
            {
                return true;
            }
        }

        return false;
    }

    private static string? ResultName(SyntaxNode call)
    {
        for (SyntaxNode? node = call.Parent; node is ExpressionSyntax or EqualsValueClauseSyntax; node = node.Parent)
        {
            if (node is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable })
            {
                return variable.Identifier.ValueText;
            }

            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax target })
            {
                return target.Identifier.ValueText;
            }
        }

        return null;
    }
}
