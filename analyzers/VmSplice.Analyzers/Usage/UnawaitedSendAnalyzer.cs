using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS4001 once more: an asynchronous send whose task nobody looks at. The buffer is gone with the call; whether it
/// arrived, only the task says.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnawaitedSendAnalyzer : DiagnosticAnalyzer
{
    /// <summary>What of the writers ends in the background.</summary>
    private static readonly string[] s_names = ["SendAsync", "SendAllAsync", "GiftAsync", "WriteAsync", "FlushAsync", "CompleteAsync", "CopyToAsync"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.ResultIgnored];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    // Few files send in the background, and not many of their calls do: all others are told apart by name, without a look
    // at what they mean.
    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Any(tree.GetText(context.CancellationToken), IsIn))
        {
            return;
        }

        foreach (InvocationExpressionSyntax call in FileSyntax.Of(tree, context.CancellationToken).Calls)
        {
            if (call.Parent is not (AwaitExpressionSyntax or ReturnStatementSyntax or ArgumentSyntax) && !IsReturned(call)
                && s_names.Contains(CalledName.Of(call)))
            {
                Check(context, call, symbols);
            }
        }
    }

    /// <summary>Whether a member of one expression returns the task: not where it returns nothing.</summary>
    private static bool IsReturned(InvocationExpressionSyntax call) => call.Parent is ArrowExpressionClauseSyntax
    {
        Parent: not (MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }
            or LocalFunctionStatementSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }
            or ConstructorDeclarationSyntax
            or AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.SetAccessorDeclaration or (int)SyntaxKind.InitAccessorDeclaration
                or (int)SyntaxKind.AddAccessorDeclaration or (int)SyntaxKind.RemoveAccessorDeclaration }),
    };

    private static bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (string name in s_names)
        {
            if (text.IndexOf(name.AsSpan()) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Check(SemanticModelAnalysisContext context, InvocationExpressionSyntax node, RuntimeSymbols symbols)
    {
        if (context.SemanticModel.GetOperation(node, context.CancellationToken) is IInvocationOperation call
            && symbols.Of(call.TargetMethod.ContainingType)
                is SpliceType.SpliceWriter or SpliceType.SpliceGather or SpliceType.RecordWriter or SpliceType.RecordReader
            && RawResult.UseOf(call) == ResultUse.None)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UsageRules.ResultIgnored, node.GetLocation(), call.TargetMethod.Name,
                "the data waits in the background where the pipe is full, and a reader that left is noticed by nobody; await it, or discard it with '_ ='"));
        }
    }
}
