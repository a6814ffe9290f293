using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4006: a promise that the reader copies, beside code that forwards the stream without a copy.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ForwardedStreamAnalyzer : DiagnosticAnalyzer
{
    private const string Promise = "Copying";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.CopyingButForwarded];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (Mentions.Any(start.Compilation, start.CancellationToken) && RuntimeSymbols.Of(start.Compilation).PipeReaderKind is { } kind)
            {
                start.RegisterSemanticModelAction(file => CheckAll(file, kind));
            }
        });
    }

    // The promise is rare: everything else is looked for from here.
    private static void CheckAll(SemanticModelAnalysisContext context, INamedTypeSymbol kind)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Contains(tree.GetText(context.CancellationToken), Promise))
        {
            return;
        }

        foreach (SyntaxNode node in tree.GetRoot(context.CancellationToken).DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: Promise } promise)
            {
                Check(context, promise, kind);
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, IdentifierNameSyntax promise, INamedTypeSymbol kind)
    {
        if (!SymbolEqualityComparer.Default.Equals(
                context.SemanticModel.GetSymbolInfo(promise, context.CancellationToken).Symbol?.ContainingType, kind))
        {
            return;
        }

        SyntaxNode scope = (SyntaxNode?)promise.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? promise.SyntaxTree.GetRoot(context.CancellationToken);
        var streams = new StreamRoots(context.SemanticModel, scope, context.CancellationToken);
        foreach (ISymbol opened in WriterOpening.With(promise, streams))
        {
            foreach (SyntaxNode node in scope.DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax call
                    || ForwardingCall.Source(call, context.SemanticModel, context.CancellationToken) is not { } source)
                {
                    continue;
                }

                if (!SymbolEqualityComparer.Default.Equals(streams.Of(source), opened))
                {
                    continue;
                }

                SyntaxNode at = promise.Parent is MemberAccessExpressionSyntax access ? access : (SyntaxNode)promise;
                context.ReportDiagnostic(Diagnostic.Create(
                    UsageRules.CopyingButForwarded, at.GetLocation(), [call.GetLocation()], opened.Name, Excerpt.Of(call.Expression)));
                return;
            }
        }
    }
}
