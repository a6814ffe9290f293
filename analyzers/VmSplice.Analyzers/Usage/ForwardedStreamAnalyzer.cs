using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4006: a promise that the reader copies, beside code that forwards the stream without a copy.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ForwardedStreamAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.CopyingButForwarded];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("VmSplice.PipeReaderKind") is { } kind)
                start.RegisterSyntaxNodeAction(node => Check(node, kind), SyntaxKind.IdentifierName);
        });
    }

    // The promise is rare: everything else is looked for from here.
    private static void Check(SyntaxNodeAnalysisContext context, INamedTypeSymbol kind)
    {
        var promise = (IdentifierNameSyntax)context.Node;
        if (promise.Identifier.ValueText != "Copying"
            || !SymbolEqualityComparer.Default.Equals(
                context.SemanticModel.GetSymbolInfo(promise, context.CancellationToken).Symbol?.ContainingType, kind))
            return;

        var scope = (SyntaxNode?)promise.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? promise.SyntaxTree.GetRoot(context.CancellationToken);
        var streams = new StreamRoots(context.SemanticModel, scope, context.CancellationToken);
        foreach (var opened in WriterOpening.With(promise, streams))
        {
            foreach (var node in scope.DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax call || ForwardingCall.Source(call, context.SemanticModel, context.CancellationToken) is not { } source)
                    continue;
                if (!SymbolEqualityComparer.Default.Equals(streams.Of(source), opened))
                    continue;
                var at = promise.Parent is MemberAccessExpressionSyntax access ? access : (SyntaxNode)promise;
                context.ReportDiagnostic(Diagnostic.Create(
                    UsageRules.CopyingButForwarded, at.GetLocation(), [call.GetLocation()], opened.Name, call.Expression.ToString()));
                return;
            }
        }
    }
}
