using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Raw;

/// <summary>The number of <c>vmsplice</c> in the first argument of <c>syscall</c>.</summary>
internal static class SystemCallNumber
{
    private const int OnX64 = 278;
    private const int OnArm64 = 75;

    // The number, the descriptor, the segments, their count, the flags.
    private const int Operands = 5;

    /// <summary>
    /// By name, or by value: 278 is <c>getrandom</c> on arm64 and 75 is <c>fdatasync</c> on x64, but these have three and one operands,
    /// so a declaration with exactly the four of <c>vmsplice</c> decides.
    /// </summary>
    public static bool IsVmSplice(IOperation number, int parameters)
    {
        number = Operand.Unwrap(number);
        return number switch
        {
            IMemberReferenceOperation member when NativeNames.NamesTheCall(member.Member.Name) => true,
            ILocalReferenceOperation local when NativeNames.NamesTheCall(local.Local.Name) => true,
            IParameterReferenceOperation parameter when NativeNames.NamesTheCall(parameter.Parameter.Name) => true,
            IConditionalOperation { WhenFalse: { } whenFalse } choice =>
                IsVmSplice(choice.WhenTrue, parameters) && IsVmSplice(whenFalse, parameters),
            _ => parameters == Operands && Operand.Constant(number) is OnX64 or OnArm64,
        };
    }
}
