using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Segments.Values;
using VmSplice.Analyzers.Text;
using VmSplice.Analyzers.Usage;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS4003, VMS4004: the descriptor is no pipe, or the wrong end of one.</summary>
internal static class DescriptorRule
{
    public static void Check(SentSegments sent, BodyReport report)
    {
        if (sent.Descriptor is not { } descriptor)
        {
            return;
        }

        SyntaxNode operand = sent.Call.Descriptor.Syntax;
        switch (descriptor.Kind)
        {
            case DescriptorKind.File or DescriptorKind.Socket:
                report.Add(UsageRules.NotAPipe, operand, null, Excerpt.Of(operand), descriptor.What);
                break;
            case DescriptorKind.ReadEnd when sent.IsGift:
                report.Add(UsageRules.WrongEnd, operand, null, Excerpt.Of(operand), descriptor.What,
                    "only a send can gift pages", "pass the write end, or leave out the gift flag to receive");
                break;
            case DescriptorKind.ReadEnd:
                foreach ((long? _, Segment segment) in sent.Segments)
                {
                    if (!segment.Frozen)
                    {
                        continue;
                    }

                    report.Add(UsageRules.WrongEnd, operand, segment.AddressSyntax, Excerpt.Of(operand), descriptor.What,
                        "frozen pages cannot be received into (EFAULT)", "pass the write end to send them, or receive into a PageBuffer<T>");
                    return;
                }

                break;
        }
    }

    /// <summary><c>SpliceWriter.Open</c> and <c>SpliceReader.Open</c>.</summary>
    public static void CheckOpening(IInvocationOperation open, Descriptor? descriptor, BodyReport report)
    {
        if (descriptor is null)
        {
            return;
        }

        SyntaxNode operand = open.Arguments[0].Value.Syntax;
        bool writes = open.TargetMethod.ContainingType.Name == "SpliceWriter";
        switch (descriptor.Kind)
        {
            case DescriptorKind.File or DescriptorKind.Socket:
                report.Add(UsageRules.NotAPipe, operand, null, Excerpt.Of(operand), descriptor.What);
                break;
            case DescriptorKind.ReadEnd when writes:
                report.Add(UsageRules.WrongEnd, operand, null, Excerpt.Of(operand), descriptor.What, "a SpliceWriter sends",
                    "pass the write end, or open a SpliceReader");
                break;
            case DescriptorKind.WriteEnd when !writes:
                report.Add(UsageRules.WrongEnd, operand, null, Excerpt.Of(operand), descriptor.What, "a SpliceReader receives",
                    "pass the read end, or open a SpliceWriter");
                break;
        }
    }
}
