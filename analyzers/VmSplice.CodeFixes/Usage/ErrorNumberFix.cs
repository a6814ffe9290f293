using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.Analyzers.Usage;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4007: keeps the error number, in the declaration or in a variable right after the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ErrorNumberFix)), Shared]
public sealed class ErrorNumberFix : PlannedFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS4007"];

    protected override string Title => "Keep the error number of the call";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax read
            || diagnostic.AdditionalLocations.Count == 0
            || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call)
            return null;
        diagnostic.Properties.TryGetValue(ErrorNumberAnalyzer.Mistake, out var mistake);
        return mistake == ErrorNumberAnalyzer.NotKept ? KeepInDeclaration(root, call, model, place, cancellation) : KeepInVariable(call, read, model, place);
    }

    private static Action<SyntaxEditor>? KeepInDeclaration(
        SyntaxNode root, InvocationExpressionSyntax call, SemanticModel model, FixScope place, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
            return null;
        foreach (var data in (method.PartialDefinitionPart ?? method).GetAttributes())
        {
            // Only in the file at hand: a fix of a document edits that document.
            if (data.AttributeClass?.Name is not ("DllImportAttribute" or "LibraryImportAttribute")
                || data.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList: { } list } attribute
                || attribute.SyntaxTree != root.SyntaxTree)
                continue;
            if (place.TryShare(attribute, out _))
                return _ => { };
            place.Share(attribute, "");
            var yes = SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);
            foreach (var argument in list.Arguments)
            {
                if (argument.NameEquals?.Name.Identifier.ValueText == "SetLastError")
                    return editor => editor.ReplaceNode(argument.Expression, yes);
            }

            return editor => editor.ReplaceNode(attribute, (current, _) => current is AttributeSyntax { ArgumentList: { } now } changed
                ? changed.WithArgumentList(now.AddArguments(SyntaxFactory.AttributeArgument(yes).WithNameEquals(SyntaxFactory.NameEquals("SetLastError")))).WithAdditionalAnnotations(Formatter.Annotation)
                : current);
        }

        return null;
    }

    // The variable that an earlier fix, or the user, made for it.
    private static string? KeptBy(StatementSyntax? statement, InvocationExpressionSyntax read) =>
        statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && !statement.Span.Contains(read.Span)
        && variables[0].Initializer?.Value is { } value && SyntaxFactory.AreEquivalent(value, read)
            ? variables[0].Identifier.ValueText : null;

    private static Action<SyntaxEditor>? KeepInVariable(InvocationExpressionSyntax call, InvocationExpressionSyntax read, SemanticModel model, FixScope place)
    {
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        var type = read.Expression.ToString().EndsWith("Message", StringComparison.Ordinal) ? "string" : "int";
        switch (statement)
        {
            case ExpressionStatementSyntax or LocalDeclarationStatementSyntax when statement.Parent is BlockSyntax block && block.Span.Contains(read.Span):
                if (KeptBy(block.Statements.ElementAtOrDefault(block.Statements.IndexOf(statement) + 1), read) is { } next)
                    return Use(next);
                return Edit(statement, (editor, kept) => editor.InsertAfter(statement, kept));
            case IfStatementSyntax { Statement: BlockSyntax { Statements: { Count: > 0 } statements } body } when body.Span.Contains(read.Span):
                if (KeptBy(statements[0], read) is { } first)
                    return Use(first);
                return Edit(statement, (editor, kept) => editor.InsertBefore(statements[0], kept));
            default:
                return null;
        }

        Action<SyntaxEditor> Use(string name) => editor => editor.ReplaceNode(read, SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));

        Action<SyntaxEditor> Edit(SyntaxNode after, Action<SyntaxEditor, StatementSyntax> insert)
        {
            var shared = place.TryShare(after, out var name);
            if (!shared)
                place.Share(after, name = place.Unused("errorNumber", model, after));
            return editor =>
            {
                if (!shared)
                {
                    var kept = SyntaxFactory.ParseStatement($"{type} {name} = {read.WithoutTrivia()};\n").WithAdditionalAnnotations(Formatter.Annotation);
                    insert(editor, kept);
                }

                editor.ReplaceNode(read, SyntaxFactory.IdentifierName(name).WithTriviaFrom(read));
            };
        }
    }
}
