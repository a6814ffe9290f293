using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;
using VmSplice.CodeFixes.Raw;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>
/// VMS4001, VMS4002: compares what the kernel took with what it was given, and throws where bytes are left. To go on sending them takes
/// a loop whose shape is the caller's; a loss that is loud is the most that can be put in without knowing it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckTransferFix)), Shared]
public sealed class CheckTransferFix() : DocumentFix([RuleIds.ResultIgnored, RuleIds.ShortTransfer], ["Throw when the kernel took fewer bytes"])
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Property(FindingProperties.SendsRest) is not null || site.Node is not InvocationExpressionSyntax syntax
            || site.Model.GetOperation(syntax, site.Cancellation) is not { Type: { } type } operation
            || type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_Int64)
            || RawCalls.Create(site.Model.Compilation)?.TryGet(operation) is not { } call
            || GivenSegments.Of(call) is not { } given)
        {
            return null;
        }

        switch (syntax.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement:
                string name = site.Scope.Unused("accepted", site.Model, statement);
                return editor =>
                {
                    editor.InsertAfter(statement, Checks(given, name, site, statement).Select(Made.Statement));
                    editor.ReplaceNode(statement, (current, _) => Made.Instead(
                        current, $"{Name(type)} {name} = {((ExpressionStatementSyntax)current).Expression.WithoutTrivia()};"));
                };
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                when variable.Parent
                    is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration }:
                return Insert(declaration, variable.Identifier.ValueText);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assignment }:
                return Insert(assignment, target.Identifier.ValueText);
            case ArrowExpressionClauseSyntax arrow when BlockBodies.CanReplace(arrow, site):
                string result = site.Scope.Unused("accepted", site.Model, syntax);
                return editor =>
                    BlockBodies.Replace(editor, arrow, [$"{Name(type)} {result} = {syntax.WithoutTrivia()};", .. Checks(given, result, site, arrow)]);
            default:
                return FirstInStatement.Around(syntax) is { CanPrepend: true, Condition: { } test } place ? InCondition(place, test) : null;
        }

        // Where it is only asked whether the call failed: the answer keeps its place, and the count is asked behind it.
        Action<SyntaxEditor> InCondition(FirstInStatement place, IfStatementSyntax test)
        {
            string result = site.Scope.Unused("accepted", site.Model, syntax);
            return editor =>
            {
                place.InsertBefore(editor, [$"{Name(type)} {result} = {syntax.WithoutTrivia()};"]);
                editor.InsertAfter(test, Checks(given, result, site, test).Select(Made.Statement));
                editor.ReplaceNode(syntax, SyntaxFactory.IdentifierName(result).WithTriviaFrom(syntax));
            };
        }

        // After the test for failure, where there is one right behind the call: its message is the better one.
        Action<SyntaxEditor> Insert(StatementSyntax after, string result)
        {
            var block = (BlockSyntax)after.Parent!;
            int next = block.Statements.IndexOf(after) + 1;
            if (next < block.Statements.Count && block.Statements[next] is IfStatementSyntax { Else: null } test
                && test.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == result)
                && Leaves(test.Statement))
            {
                after = test;
            }

            return editor => editor.InsertAfter(after, Checks(given, result, site, after).Select(Made.Statement));
        }
    }

    /// <summary>The statements that compare <paramref name="result"/> with what was given.</summary>
    private static IEnumerable<string> Checks(GivenSegments given, string result, FixSite site, SyntaxNode near)
        => given.Sum(site, near, out string total)
            .Append($"if ({result} != {total}) throw new System.IO.IOException($\"vmsplice took {{{result}}} of {{{total}}} bytes.\");");

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.LastOrDefault() is { } last && Leaves(last),
        _ => statement is ThrowStatementSyntax or ReturnStatementSyntax,
    };

    private static string Name(ITypeSymbol type) => type.SpecialType == SpecialType.System_Int64 ? "long" : "nint";
}
