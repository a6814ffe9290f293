using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4007: the error number is read where it is no longer that of the raw call, or never was.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ErrorNumberAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.LateErrorNumber];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (RawCalls.Create(start.Compilation) is { } calls)
            {
                start.RegisterSemanticModelAction(file => CheckAll(file, calls));
            }
        });
    }

    /// <summary>Without an argument it reads the number of the last call itself.</summary>
    private const string Exception = "Win32Exception";

    private static void CheckAll(SemanticModelAnalysisContext context, RawCalls calls)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        foreach (InvocationExpressionSyntax read in calls.Sites.In(tree, context.CancellationToken))
        {
            Check(context, read, NativeNames.ReadOfErrorNumber(read), calls);
        }

        if (TextSearch.Contains(tree.GetText(context.CancellationToken), Exception) && calls.Sites.In(tree, context.CancellationToken).Any())
        {
            foreach (BaseObjectCreationExpressionSyntax made in tree.GetRoot(context.CancellationToken).DescendantNodes()
                .OfType<BaseObjectCreationExpressionSyntax>())
            {
                if (made.ArgumentList is not { Arguments.Count: > 0 }
                    && context.SemanticModel.GetTypeInfo(made, context.CancellationToken).Type?.Name == Exception)
                {
                    Check(context, made, Exception, calls);
                }
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, ExpressionSyntax read, string? name, RawCalls calls)
    {
        if (name is null || ErrorNumberRead.SourceOf(read, calls, context.SemanticModel, context.CancellationToken) is not { } source)
        {
            return;
        }

        var call = (InvocationExpressionSyntax)source.Call.Operation.Syntax;
        string called = Excerpt.Of(call.Expression);
        bool saved = name != "GetLastSystemError";
        if (saved && source.Call.Kind == RawCallKind.FunctionPointer)
        {
            Report(ErrorNumberMistake.NotKept, "a call through a pointer does not keep it", "read Marshal.GetLastSystemError() right after the call");
        }
        else if (saved && source.Call.Method is { } method && NativeNames.KeepsErrorNumber(method) == false)
        {
            Report(ErrorNumberMistake.NotKept, "its declaration does not keep it", "add SetLastError = true to the declaration");
        }
        else if (source.Between is { } between)
        {
            Report(ErrorNumberMistake.Overwritten, $"'{Excerpt.Of(between.Expression)}' is called in between and may overwrite it",
                "read it into a variable right after the call");
        }

        void Report(ErrorNumberMistake mistake, string why, string wayOut)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UsageRules.LateErrorNumber,
                read.GetLocation(),
                [call.GetLocation()],
                ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Mistake, mistake.ToString()),
                name,
                called,
                why,
                wayOut));
        }
    }
}
