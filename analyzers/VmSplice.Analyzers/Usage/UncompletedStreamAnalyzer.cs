using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS2014: a local record writer, or a local writer that sends spliceable buffers in a loop, which is disposed here and whose stream
/// nobody completes. Said only where nobody else has the writer.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UncompletedStreamAnalyzer : DiagnosticAnalyzer
{
    /// <summary>What makes a new writer. A method of any other name may hand out one whose stream somebody else completes.</summary>
    private static readonly string[] s_makers = ["CreateWriter", "RecordWriter", "RecordBroadcaster", "OpenWriter", "SpliceWriter"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [StreamEndRules.NotCompleted];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Any(tree.GetText(context.CancellationToken), IsIn))
        {
            return;
        }

        foreach (VariableDeclaratorSyntax variable in FileSyntax.Of(tree, context.CancellationToken).Variables)
        {
            if (variable.Initializer is { Value: var made } && Awaited(made) is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
            {
                Check(context, variable, symbols);
            }
        }
    }

    private static bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (string name in s_makers)
        {
            if (text.IndexOf(name.AsSpan()) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Check(SemanticModelAnalysisContext context, VariableDeclaratorSyntax variable, RuntimeSymbols symbols)
    {
        SemanticModel model = context.SemanticModel;
        if (variable.Parent?.Parent is not (UsingStatementSyntax or LocalDeclarationStatementSyntax)
            || IsOther(((VariableDeclarationSyntax)variable.Parent).Type)
            || model.GetDeclaredSymbol(variable, context.CancellationToken) is not ILocalSymbol writer
            || Scope(variable) is not { } scope)
        {
            return;
        }

        SpliceType type = symbols.Of(writer.Type);
        if (type is not (SpliceType.RecordWriter or SpliceType.SpliceWriter))
        {
            return;
        }

        ExpressionSyntax made = Awaited(variable.Initializer!.Value);
        bool isUsing = variable.Parent.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };
        StreamWriterUses uses = StreamWriterUses.Of(writer, scope, model, symbols, context.CancellationToken);
        if (uses.Completes || uses.Escapes || !(isUsing || uses.Disposes) || !LeavesWell(variable, model))
        {
            return;
        }

        IOperation? operation = model.GetOperation(made, context.CancellationToken);
        if (type == SpliceType.RecordWriter)
        {
            if (IsNew(operation) is { } making && !(uses.Flushes && MayBeUnframed(making)))
            {
                Report(context, made, writer.Name, "what was not flushed is dropped, and the reader gets a RecordStreamException in place of the end",
                    "Complete");
            }
        }
        else if (uses.SendsBuffersInLoop && !MayBeUnframed(operation))
        {
            Report(context, made, writer.Name, "a reader that receives until the end gets a BufferStreamException there", "CompleteBuffers");
        }
    }

    /// <summary>The call whose result is awaited.</summary>
    private static ExpressionSyntax Awaited(ExpressionSyntax value) => value switch
    {
        AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax
            { Name.Identifier.ValueText: "ConfigureAwait", Expression: var configured } } } => configured,
        AwaitExpressionSyntax await => await.Expression,
        _ => value,
    };

    /// <summary>Surely no writer, by the name of the type alone.</summary>
    private static bool IsOther(TypeSyntax declared)
        => declared is PredefinedTypeSyntax or ArrayTypeSyntax or GenericNameSyntax { Identifier.ValueText: not ("RecordWriter" or "RecordBroadcaster") };

    private static void Report(SemanticModelAnalysisContext context, ExpressionSyntax made, string writer, string what, string way)
        => context.ReportDiagnostic(Diagnostic.Create(StreamEndRules.NotCompleted, made.GetLocation(), writer, what, way));

    /// <summary>Where the variable can be used.</summary>
    private static SyntaxNode? Scope(VariableDeclaratorSyntax variable) => variable.Parent!.Parent switch
    {
        UsingStatementSyntax statement => statement.Statement,
        { Parent: BlockSyntax or SwitchSectionSyntax } declaration => declaration.Parent,
        { Parent: GlobalStatementSyntax { Parent: { } unit } } => unit,
        _ => null,
    };

    /// <summary>Whether the writer's scope can be left other than by an exception.</summary>
    private static bool LeavesWell(VariableDeclaratorSyntax variable, SemanticModel model)
    {
        ControlFlowAnalysis? flow = variable.Parent!.Parent switch
        {
            UsingStatementSyntax statement => model.AnalyzeControlFlow(statement.Statement),
            LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration =>
                model.AnalyzeControlFlow(declaration, block.Statements[block.Statements.Count - 1]),
            LocalDeclarationStatementSyntax { Parent: SwitchSectionSyntax section } declaration =>
                model.AnalyzeControlFlow(declaration, section.Statements[section.Statements.Count - 1]),
            _ => null,
        };
        return flow is not { Succeeded: true } || flow.EndPointIsReachable || !flow.ExitPoints.IsEmpty || !flow.ReturnStatements.IsEmpty;
    }

    /// <summary>The call or construction that makes a record writer which nobody had before.</summary>
    private static IOperation? IsNew(IOperation? made) => made switch
    {
        IObjectCreationOperation creation => creation,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "CreateWriter" } } call => call,
        _ => null,
    };

    /// <summary>Whether the stream may be without header and end: all of it has arrived then with the last flush.</summary>
    private static bool MayBeUnframed(IOperation? making)
    {
        ImmutableArray<IArgumentOperation> arguments = making switch
        {
            IObjectCreationOperation creation => creation.Arguments,
            IInvocationOperation call => call.Arguments,
            _ => [],
        };
        IOperation? options = arguments.FirstOrDefault(one => one.Parameter?.Type.Name is "RecordWriterOptions" or "SpliceWriterOptions")?.Value;
        while (options is IConversionOperation conversion)
        {
            options = conversion.Operand;
        }

        return options switch
        {
            null or { ConstantValue: { HasValue: true, Value: null } } => false,
            IObjectCreationOperation { Initializer: null } => false,
            IObjectCreationOperation { Initializer: { } set } => set.Initializers.Any(one =>
                one is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Framed" },
                    Value.ConstantValue: not { HasValue: true, Value: true } }),
            _ => true,
        };
    }
}
