using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;
using VmSplice.Generators.Parsing;
using VmSplice.RuleContract;

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
        // For a type that is wrong a stub is generated, which throws: whoever wrote the type, silence would be a build that is green.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (Mentions.Any(start.Compilation, start.CancellationToken) && RuntimeSymbols.Of(start.Compilation).SpliceableAttribute is not null)
            {
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
                start.RegisterSyntaxNodeAction(AnalyzeMark, SyntaxKind.Attribute);
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
        ulong? fingerprint = type.TypeKind == TypeKind.Class
            ? BufferParser.Parse(type, context.Compilation, findings, context.CancellationToken)?.Fingerprint
            : RecordParser.Parse(type, context.Compilation, findings, context.CancellationToken)?.Layout.Fingerprint;
        if (fingerprint is { } seen && new UnseenFieldFinder(context.CancellationToken).Find(type, seen) is { } unseen)
        {
            findings.Add(unseen);
        }

        if (findings.Count == 0)
        {
            findings.AddRange(TakenNames.Find(type));
        }

        Location? name = GeneratedTrees.UsersNameOf(type, context.CancellationToken);
        foreach (Finding finding in findings)
        {
            // Nobody looks for an error in a file of another generator's, or can mend it there; its fix would be lost.
            bool isElsewhere = name is not null && GeneratedTrees.Has(finding.Location.SourceTree) && !GeneratedTrees.Has(name.SourceTree);
            context.ReportDiagnostic(isElsewhere
                ? Diagnostic.Create(ContractRules.For(finding.Id), name, [finding.Location], [.. finding.Arguments])
                : Diagnostic.Create(ContractRules.For(finding.Id), finding.Location, finding.Properties, [.. finding.Arguments]));
        }
    }

    /// <summary>A segment of no buffer. Looked for from the attribute, because most types have none, and their members need not be asked.</summary>
    private static void AnalyzeMark(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (attribute is not { Name: var name, Parent.Parent: PropertyDeclarationSyntax property }
            || !(MayBeMark(name) || property.Modifiers.Any(SyntaxKind.PartialKeyword))
            || context.ContainingSymbol is not IPropertySymbol { ContainingType: { } type } segment
            || SegmentParser.MarkOf(segment)?.ApplicationSyntaxReference?.Span != attribute.Span
            || (type.TypeKind == TypeKind.Class && RecordParser.IsMarked(type)))
        {
            return;
        }

        string advice = type.TypeKind == TypeKind.Class && !type.IsRecord
            ? $"'{type.Name}' is not marked [Spliceable]; mark it, or remove [Segment]"
            : $"'{type.Name}' is not a class, and only a class is a buffer; remove [Segment]";
        context.ReportDiagnostic(Diagnostic.Create(
            ContractRules.For(RuleIds.Segment), property.Identifier.GetLocation(), segment.Name, $"is a segment of no buffer: {advice}"));
    }

    /// <summary>An alias may have any name; it is looked up for a partial property alone, which gets an implementation whatever its mark is called.</summary>
    private static bool MayBeMark(NameSyntax name) => name.ToString().Split('.', ':').Last() is "Segment" or "SegmentAttribute";
}
