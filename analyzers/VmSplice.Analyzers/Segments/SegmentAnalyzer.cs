using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Flow;
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
        SegmentRules.PageSizeLiteral, SegmentRules.OverlappingSegments, SegmentRules.AlignmentUnproved, UsageRules.NotAPipe, UsageRules.WrongEnd, GaveUp.Rule,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (RawCalls.Create(start.Compilation) is { } calls)
            {
                start.RegisterCodeBlockAction(block => InBody(block, calls));
            }
        });
    }

    [MethodImpl(Hot.Path)]
    private static void InBody(CodeBlockAnalysisContext block, RawCalls calls)
    {
        foreach (InvocationExpressionSyntax call in calls.Sites.Within(block.CodeBlock, block.CancellationToken))
        {
            if (CallSites.IsGift(call) || CallSites.IsOpening(call) || calls.MayBe(call))
            {
                new BodyAnalysis(calls, block.SemanticModel, new BodyReport(block.ReportDiagnostic), block.CancellationToken).Run(block.CodeBlock);
                return;
            }
        }
    }
}
