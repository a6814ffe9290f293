using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Raw;

/// <summary>A statement whose first act is a call, so that what stands before the statement happens in the call's place.</summary>
internal sealed class FirstInStatement
{
    private readonly StatementSyntax _statement;

    private FirstInStatement(StatementSyntax statement, bool isWhole = false)
    {
        _statement = statement;
        IsWhole = isWhole;
    }

    /// <summary>Whether the statement does nothing but the call; its result is dropped.</summary>
    public bool IsWhole { get; }

    /// <summary>The statement, where the call is in the condition of an <c>if</c> in a block.</summary>
    public IfStatementSyntax? Condition => _statement is IfStatementSyntax { Parent: BlockSyntax } test ? test : null;

    /// <summary>Whether there is a place before the statement; an embedded one has none.</summary>
    public bool CanPrepend => _statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    public static FirstInStatement? Around(InvocationExpressionSyntax call)
    {
        SyntaxNode inner = call;
        for (SyntaxNode? node = call.Parent; node is not null; inner = node, node = node.Parent)
        {
            switch (node)
            {
                case ExpressionStatementSyntax statement:
                    bool isWhole = inner == call || inner is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };
                    return new FirstInStatement(statement, isWhole);
                case LocalDeclarationStatementSyntax or ReturnStatementSyntax or IfStatementSyntax:
                    return new FirstInStatement((StatementSyntax)node);
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or IsPatternExpressionSyntax or EqualsValueClauseSyntax:
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.UnaryMinusExpression }:
                case BinaryExpressionSyntax binary when binary.Left == inner:
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax, RawKind: (int)SyntaxKind.SimpleAssignmentExpression }:
                case VariableDeclaratorSyntax or VariableDeclarationSyntax { Variables.Count: 1 }:
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Puts other code in the place of the statement, which is nothing but the call.</summary>
    public void ReplaceIn(SyntaxEditor editor, string code)
        => editor.ReplaceNode(_statement, (current, _) => Made.Instead(current, code));

    /// <summary>Puts code before the statement.</summary>
    public void InsertBefore(SyntaxEditor editor, IEnumerable<string> code)
    {
        StatementSyntax[] made = [.. code.Select(Made.Statement)];
        if (_statement.Parent is GlobalStatementSyntax global)
        {
            editor.InsertBefore(global, made.Select(SyntaxFactory.GlobalStatement));
        }
        else
        {
            editor.InsertBefore(_statement, made);
        }
    }
}
