using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Usage;

/// <summary>A statement of its own before the one that a finding is in.</summary>
internal static class BeforeStatement
{
    /// <summary>Null where there is no place for it: the statement is embedded, or the body is an expression.</summary>
    public static Action<SyntaxEditor>? Insert(FixSite site, string code) => site.Around<StatementSyntax>() switch
    {
        { Parent: GlobalStatementSyntax global } statement => editor
            => editor.InsertBefore(global, SyntaxFactory.GlobalStatement(Made.StatementLike(statement, code))),
        { Parent: BlockSyntax or SwitchSectionSyntax } statement => editor => editor.InsertBefore(statement, Made.StatementLike(statement, code)),
        _ => null,
    };
}
