using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Segments.Values;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS3001, VMS3002, VMS3007, and VMS3005 where a length is one: whole pages, from their beginning.</summary>
internal static class GiftRule
{
    private const string RoundUp = "round the length up to a multiple of Environment.SystemPageSize";

    public static void Check(SentSegments sent, BodyReport report)
    {
        if (!sent.IsGift)
        {
            return;
        }

        const string TakePages = "take the memory from PageBuffer<T>.Allocate";
        SyntaxNode call = sent.Call.Operation.Syntax;
        bool wrong = false, unproved = !sent.IsComplete, unprovedLength = !sent.IsComplete;
        foreach ((long? index, Segment segment) in sent.Segments)
        {
            string name = Name(index, sent);
            if (segment.Address?.Number is { IsNeverWholePages: true } address)
            {
                wrong = true;
                report.Add(SegmentRules.AddressNotAligned, segment.AddressSyntax ?? call, call, name, IntoPage(address));
            }
            else
            {
                unproved |= segment.Address?.Number.IsWholeSmallestPages != true;
            }

            if (segment.Length?.Number is { IsNeverWholePages: true } length)
            {
                wrong = true;
                report.Add(SegmentRules.LengthNotWholePages, segment.LengthSyntax ?? call, call, name, LongBy(length), "send without the gift flag");
            }
            else
            {
                unprovedLength |= segment.Length?.Number.IsWholeSmallestPages != true;
                PageSizeLiteral.InLength(segment.LengthSyntax, segment.Length?.Number, report);
            }
        }

        if (!wrong && (unproved || unprovedLength))
        {
            string given = $"'{Excerpt.Of(sent.Call.Segments.Syntax)}'";
            (string what, string wayOut) = (unproved, unprovedLength) switch
            {
                (true, true) => ($"{given} is whole pages", $"{TakePages}, and {RoundUp}"),
                (true, false) => ($"{given} starts at a page", TakePages),
                _ => ($"the length of {given} is whole pages", RoundUp),
            };
            report.Add(SegmentRules.AlignmentUnproved, sent.Call.Segments.Syntax, null, what, "the kernel does not check it", wayOut);
        }
    }

    /// <summary><c>writer.Gift(buffer)</c>: the pages are aligned, the length is the user's.</summary>
    public static void CheckBuffer(IInvocationOperation gift, Block? buffer, BodyReport report)
    {
        if (buffer?.LengthSyntax is null)
        {
            return;
        }

        SyntaxNode argument = gift.Arguments[0].Value.Syntax;
        string given = $"'{Excerpt.Of(argument)}'";
        if (buffer.Bytes.IsNeverWholePages)
        {
            report.AddHighLevel(SegmentRules.LengthNotWholePages, argument, buffer.LengthSyntax, given, LongBy(buffer.Bytes),
                "use Send, which takes any length");
        }
        else if (!buffer.Bytes.IsWholeSmallestPages)
        {
            report.AddHighLevel(SegmentRules.AlignmentUnproved, argument, buffer.LengthSyntax, $"the length of {given} is whole pages",
                "Gift throws where it is not", RoundUp);
        }
        else
        {
            PageSizeLiteral.InLength(buffer.LengthSyntax, buffer.Bytes, report);
        }
    }

    private static string Name(long? index, SentSegments sent) => sent.Count.Exact == 1 ? $"'{Excerpt.Of(sent.Call.Segments.Syntax)}'"
        : index is { } position ? string.Format(CultureInfo.InvariantCulture, "Segment {0}", position)
        : "A segment";

    // Exactly where the modulus covers a page; otherwise what is left of a smaller power of two.
    private static string IntoPage(Number address)
    {
        long modulus = Math.Min(address.Modulus, Number.SmallestPage);
        long rest = address.Remainder % modulus;
        return modulus == Number.SmallestPage ? $"{Bytes(rest)} into a page"
            : rest == 0 ? "inside a page, at an address below 4,096"
            : $"inside a page, {Bytes(rest)} past a multiple of {Shown(modulus)}";
    }

    private static string LongBy(Number length)
    {
        long modulus = Math.Min(length.Modulus, Number.SmallestPage);
        return length.Exact is { } exact ? $"{Bytes(exact)} long"
            : length.Low > 0 && length.High < Number.SmallestPage ? $"{Shown(length.Low)} to {Bytes(length.High)} long"
            : $"{Bytes(length.Remainder % modulus)} longer than a multiple of {Shown(modulus)}";
    }

    private static string Bytes(long count) => count == 1 ? "1 byte" : Shown(count) + " bytes";

    private static string Shown(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
