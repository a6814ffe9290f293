using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4005: <c>SPLICE_F_MOVE</c> and <c>SPLICE_F_MORE</c> say nothing to <c>vmsplice</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UselessFlagAnalyzer : DiagnosticAnalyzer
{
    private const uint Useless = SpliceFlagBits.Move | SpliceFlagBits.More;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.UselessFlag];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start => RawCallSites.Register(start, (file, _, call) =>
        {
            if (call.Flags is not null)
            {
                Check(file, call.Flags);
            }
        }));
    }

    // Each term of A | B | C by itself, so that the message sits on the one to remove.
    private static void Check(SemanticModelAnalysisContext context, IOperation flags)
    {
        switch (flags)
        {
            case IConversionOperation conversion:
                Check(context, conversion.Operand);
                return;
            case IParenthesizedOperation parenthesized:
                Check(context, parenthesized.Operand);
                return;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or } either:
                Check(context, either.LeftOperand);
                Check(context, either.RightOperand);
                return;
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                Check(context, choice.WhenTrue);
                Check(context, whenFalse);
                return;
        }

        uint bits = SpliceFlagBits.Of(flags).Sure & Useless;
        // All ones is a mistake of another kind, not a wish for these flags.
        if (bits == 0 || SpliceFlagBits.Of(flags).Sure > 15)
        {
            return;
        }

        string names = bits switch
        {
            SpliceFlagBits.Move => "SPLICE_F_MOVE (1)",
            SpliceFlagBits.More => "SPLICE_F_MORE (4)",
            _ => "SPLICE_F_MOVE | SPLICE_F_MORE (5)",
        };
        context.ReportDiagnostic(Diagnostic.Create(UsageRules.UselessFlag, flags.Syntax.GetLocation(), names));
    }
}
