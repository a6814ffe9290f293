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
/// VMS4010: slots are asked for in a loop of asynchronous code, and nothing asks whether one is free. Where the chunk is full, <c>Next</c> sends it and
/// blocks the thread until there is room in the pipe.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlockingSlotAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.BlocksInAsync];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    // A file without an asynchronous function that names a record writer's method ends here.
    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Contains(tree.GetText(context.CancellationToken), "async "))
        {
            return;
        }

        foreach (InvocationExpressionSyntax call in FileSyntax.Of(tree, context.CancellationToken).Calls)
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Next" or "GetSpan" or "GetMemory" })
            {
                Check(context, call, symbols);
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, InvocationExpressionSyntax node, RuntimeSymbols symbols)
    {
        if (FunctionScope.Of(node) is not { } scope || !IsAsync(scope) || !node.Ancestors().TakeWhile(one => one != scope).Any(FunctionScope.IsLoop)
            || scope.DescendantNodes().Any(static one => one is IdentifierNameSyntax { Identifier.ValueText: "FreeSlots" })
            || context.SemanticModel.GetOperation(node, context.CancellationToken) is not IInvocationOperation call
            || symbols.Of(call.TargetMethod.ContainingType) != SpliceType.RecordWriter)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(UsageRules.BlocksInAsync, node.GetLocation(), call.TargetMethod.Name));
    }

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };
}
