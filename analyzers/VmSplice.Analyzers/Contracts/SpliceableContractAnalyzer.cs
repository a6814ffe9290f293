using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Text;
using VmSplice.Generators;
using VmSplice.Generators.Parsing;

namespace VmSplice.Analyzers.Contracts;

/// <summary>Runs the generator's own parser over each type marked <c>[Spliceable]</c>, and says why one is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpliceableContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ContractRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.SpliceableAttribute) is not null && Mentions.Any(start.Compilation, start.CancellationToken))
            {
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class) || !RecordParser.IsMarked(type))
        {
            return;
        }

        var findings = new List<Finding>();
        RecordParser.Parse(type, context.Compilation, findings, context.CancellationToken);
        foreach (Finding finding in findings)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                ContractRules.For(finding.Id), finding.Location, finding.Properties, [.. finding.Arguments]));
        }
    }
}
