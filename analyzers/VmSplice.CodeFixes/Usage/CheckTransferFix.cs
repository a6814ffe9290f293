using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Usage;

/// <summary>
/// VMS4001, VMS4002: compares what the kernel took with what it was given, and throws where bytes are left. To go on sending them takes
/// a loop whose shape is the caller's; a loss that is loud is the most that can be put in without knowing it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckTransferFix)), Shared]
public sealed class CheckTransferFix : PlannedFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS4001", "VMS4002"];

    protected override string Title => "Throw when the kernel took fewer bytes";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax syntax
            || model.GetOperation(syntax, cancellation) is not { Type: { } type } operation
            || type.SpecialType is not (SpecialType.System_IntPtr or SpecialType.System_Int64)
            || RawCalls.Create(model.Compilation)?.TryGet(operation) is not { } call
            || GivenBytes.Of(call, model) is not { } given)
            return null;

        switch (syntax.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement:
                var name = place.Unused("accepted", model, statement);
                return editor =>
                {
                    editor.InsertAfter(statement, given.Checks(name, place, model, statement).Select(Parse));
                    editor.ReplaceNode(statement, (current, _) => Parse(
                        $"{Name(type)} {name} = {((ExpressionStatementSyntax)current).Expression.WithoutTrivia()};").WithLeadingTrivia(current.GetLeadingTrivia()));
                };
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                when variable.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } declaration }:
                return Insert(declaration, variable.Identifier.ValueText);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assignment }:
                return Insert(assignment, target.Identifier.ValueText);
            default:
                return null;
        }

        // After the test for failure, where there is one right behind the call: its message is the better one.
        Action<SyntaxEditor> Insert(StatementSyntax after, string result)
        {
            var block = (BlockSyntax)after.Parent!;
            var next = block.Statements.IndexOf(after) + 1;
            if (next < block.Statements.Count && block.Statements[next] is IfStatementSyntax { Else: null } test
                && test.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(mention => mention.Identifier.ValueText == result)
                && Leaves(test.Statement))
                after = test;
            return editor => editor.InsertAfter(after, given.Checks(result, place, model, after).Select(Parse));
        }
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.LastOrDefault() is { } last && Leaves(last),
        _ => statement is ThrowStatementSyntax or ReturnStatementSyntax,
    };

    private static string Name(ITypeSymbol type) => type.SpecialType == SpecialType.System_Int64 ? "long" : "nint";

    private static StatementSyntax Parse(string text) =>
        SyntaxFactory.ParseStatement(text + "\n").WithAdditionalAnnotations(Formatter.Annotation);
}
