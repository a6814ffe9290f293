using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Usage;

namespace VmSplice.Analyzers.Segments;

/// <summary>
/// VMS3001–VMS3007, VMS4003, VMS4004: the rules about values. One value analysis runs in each body that makes a raw call, gifts a buffer or
/// opens a descriptor; the rules look at what it finds there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SegmentAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SegmentRules.AddressNotAligned, SegmentRules.LengthNotWholePages, SegmentRules.TooManySegments, SegmentRules.UnboundedSegments,
        SegmentRules.PageSizeLiteral, SegmentRules.OverlappingSegments, SegmentRules.AlignmentUnproved, UsageRules.NotAPipe, UsageRules.WrongEnd,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (RawCalls.Create(start.Compilation) is { } calls)
                start.RegisterCodeBlockStartAction<SyntaxKind>(block => InBody(block, calls));
        });
    }

    private static void InBody(CodeBlockStartAnalysisContext<SyntaxKind> block, RawCalls calls)
    {
        var concerned = false;
        block.RegisterSyntaxNodeAction(
            node => concerned |= Concerns((InvocationExpressionSyntax)node.Node, calls), SyntaxKind.InvocationExpression);
        block.RegisterCodeBlockEndAction(end =>
        {
            if (concerned)
                new BodyAnalysis(calls, end.SemanticModel, new BodyReport(end.ReportDiagnostic), end.CancellationToken).Run(end.CodeBlock);
        });
    }

    // By name alone, before anything is bound.
    private static bool Concerns(InvocationExpressionSyntax call, RawCalls calls)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var owner })
        {
            if (name == "Gift")
                return true;
            if (name == "Open")
                return owner is SimpleNameSyntax or MemberAccessExpressionSyntax && owner.ToString() is var type
                    && (type.EndsWith("SpliceWriter", StringComparison.Ordinal) || type.EndsWith("SpliceReader", StringComparison.Ordinal));
        }

        return calls.MayBe(call);
    }
}
