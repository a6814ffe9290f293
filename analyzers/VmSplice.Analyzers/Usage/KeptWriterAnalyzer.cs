using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS2013 and VMS2014 of a record writer in a private field: the type makes it, no other has it, and no member completes its stream. Whoever has the
/// object cannot do so either.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class KeptWriterAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Vms2013Leak.LeftBehind, StreamEndRules.NotCompleted];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Any(tree.GetText(context.CancellationToken), static text => text.IndexOf("RecordWriter".AsSpan()) >= 0
            || text.IndexOf("RecordBroadcaster".AsSpan()) >= 0))
        {
            return;
        }

        foreach (SyntaxNode node in tree.GetRoot(context.CancellationToken).DescendantNodes(static one => one is not BaseMethodDeclarationSyntax))
        {
            if (node is FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } fields && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                foreach (VariableDeclaratorSyntax variable in fields.Declaration.Variables)
                {
                    if (context.SemanticModel.GetDeclaredSymbol(variable,
                        context.CancellationToken) is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsStatic: false } field
                        && symbols.Of(field.Type) == SpliceType.RecordWriter)
                    {
                        Check(context, variable, field, type, symbols);
                    }
                }
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, VariableDeclaratorSyntax variable, IFieldSymbol field, TypeDeclarationSyntax type,
        RuntimeSymbols symbols)
    {
        ExpressionSyntax? made = IsNew(variable.Initializer?.Value) ? variable.Initializer!.Value : null;
        (bool disposes, bool flushes) = (false, false);
        foreach (SimpleNameSyntax name in FunctionScope.Mentions(type, field, context.SemanticModel, context.CancellationToken))
        {
            switch (FunctionScope.MemberOf(name))
            {
                case "Next" or "GetSpan" or "GetMemory" or "Advance" or "Write" or "WriteAsync" or "AddText" or "AddList" or "FreeSlots" or "RecordsWritten":
                    break;
                case "Flush" or "FlushAsync":
                    flushes = true;
                    break;
                case null when RecordCopyCall.IsTarget(name, context.SemanticModel, symbols, context.CancellationToken):
                    flushes = true;
                    break;
                case "Dispose" or "DisposeAsync":
                    disposes = true;
                    break;
                case null when AssignedTo(name) is { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax, Right: var value } && IsNew(value):
                    made = value;
                    break;
                case null when IsComparedWithNull(name):
                    break;
                default:
                    return;
            }
        }

        // Without header and end, all of a stream has arrived with its last flush.
        if (made is null || (flushes && HasOptions(made)))
        {
            return;
        }

        context.ReportDiagnostic(disposes
            ? Diagnostic.Create(StreamEndRules.NotCompleted, made.GetLocation(), field.Name,
            "what was not flushed is dropped, and the reader gets a RecordStreamException in place of the end", "Complete")
            : Diagnostic.Create(
                Vms2013Leak.LeftBehind, variable.Identifier.GetLocation(), $"'{field.Name}'",
                    $"neither completed nor disposed by any member of '{type.Identifier.ValueText}'",
                "its last records are never sent, and the reader waits for them. Complete it in a method of the type, and make the type IDisposable."));
    }

    private static AssignmentExpressionSyntax? AssignedTo(SimpleNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name;
        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression
            or (int)SyntaxKind.CoalesceAssignmentExpression } assignment && assignment.Left == target ? assignment : null;
    }

    private static bool IsComparedWithNull(SimpleNameSyntax name) => name.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
            comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression }
            or UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } } => true,
        _ => false,
    };

    /// <summary>A construction, or the method that the generator writes: nobody else has the writer.</summary>
    private static bool IsNew(ExpressionSyntax? value) => value is BaseObjectCreationExpressionSyntax
        or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateWriter" } };

    private static bool HasOptions(ExpressionSyntax made) => made switch
    {
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList?.Arguments.Count > 1,
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Count > 1,
        _ => false,
    };
}
