using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.Analyzers.Library;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>Where a record writer that is declared in a block is to be completed: at the block's end, if there is one end.</summary>
internal sealed class RecordEnd
{
    private readonly string _writer;
    private readonly StatementSyntax _last;
    private readonly bool _isBefore;

    private RecordEnd(string writer, StatementSyntax last, bool isBefore, bool isAsync)
    {
        _writer = writer;
        _last = last;
        _isBefore = isBefore;
        IsAsync = isAsync;
    }

    public bool IsAsync { get; }

    /// <summary>Whether what is declared is a record writer.</summary>
    public static bool IsNeeded(VariableDeclarationSyntax variables, FixSite site)
        => RuntimeSymbols.Of(site.Model.Compilation).Of(site.Model.GetTypeInfo(variables.Type, site.Cancellation).Type) == SpliceType.RecordWriter;

    /// <summary>Null where the block is left in several ways, or the writer is completed somewhere already: which of them were meant, the user knows.</summary>
    public static RecordEnd? Of(LocalDeclarationStatementSyntax declaration, VariableDeclarationSyntax variables, FixSite site)
    {
        SyntaxList<StatementSyntax> statements = declaration.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax program } =>
                SyntaxFactory.List(program.Members.OfType<GlobalStatementSyntax>().Select(one => one.Statement)),
            _ => default,
        };
        if (statements.Count == 0 || variables.Variables.Count != 1)
        {
            return null;
        }

        string writer = variables.Variables[0].Identifier.ValueText;
        StatementSyntax last = statements[statements.Count - 1];
        bool leaves = last is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax && last != declaration;
        StatementSyntax[] rest = [.. statements.SkipWhile(one => one != declaration).Skip(1)];
        if (rest.Any(one => Ends(one, isLast: leaves && one == last, writer)) || (!leaves && !EndIsReached(declaration, last, site)))
        {
            return null;
        }

        return new RecordEnd(writer, last, leaves, IsInAsync(declaration));
    }

    public void Insert(SyntaxEditor editor)
    {
        string call = IsAsync ? $"await {_writer}.CompleteAsync();" : $"{_writer}.Complete();";
        StatementSyntax complete = SyntaxFactory.ParseStatement(call).WithAdditionalAnnotations(Formatter.Annotation);
        SyntaxNode place = _last.Parent is GlobalStatementSyntax program ? program : _last;
        SyntaxNode inserted = place is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(complete) : complete;
        if (_isBefore)
        {
            editor.InsertBefore(place, inserted);
        }
        else
        {
            editor.InsertAfter(place, inserted);
        }
    }

    private static bool Ends(StatementSyntax statement, bool isLast, string writer) => statement.DescendantNodesAndSelf(IsSameFunction).Any(node => node switch
    {
        ReturnStatementSyntax or GotoStatementSyntax => !isLast || node != statement,
        // Inside a loop or a switch of the block they stay in it.
        BreakStatementSyntax or ContinueStatementSyntax => !(isLast && node == statement)
            && !node.Ancestors().TakeWhile(one => one != statement.Parent).Any(StopsHere),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax on, Name.Identifier.ValueText: var called } =>
            on.Identifier.ValueText == writer && (isLast || called is "Complete" or "CompleteAsync" or "Abandon" or "Dispose" or "DisposeAsync"),
        _ => false,
    });

    private static bool StopsHere(SyntaxNode node)
        => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax;

    private static bool IsSameFunction(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool EndIsReached(StatementSyntax first, StatementSyntax last, FixSite site)
        => site.Model.AnalyzeControlFlow(first, last) is { Succeeded: true, EndPointIsReachable: true };

    private static bool IsInAsync(SyntaxNode node)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
            }
        }

        return false;
    }
}
