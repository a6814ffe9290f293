using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS3001, VMS3002, VMS3007, and VMS3005 where a length is one: whole pages, from their beginning.</summary>
internal static class GiftRule
{
    /// <summary>In the properties of a diagnostic: the gift is <c>SpliceWriter.Gift</c>, not a flag of the raw call.</summary>
    public const string HighLevel = nameof(HighLevel);

    public static void Check(SentSegments sent, BodyReport report)
    {
        if (!sent.IsGift)
        {
            return;
        }

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
                report.Add(SegmentRules.LengthNotWholePages, segment.LengthSyntax ?? call, call, name, Bytes(length), "send without the gift flag");
            }
            else
            {
                unprovedLength |= segment.Length?.Number.IsWholeSmallestPages != true;
                PageSizeLiteral.InLength(segment.LengthSyntax, segment.Length?.Number, report);
            }
        }

        if (!wrong && (unproved || unprovedLength))
        {
            report.Add(SegmentRules.AlignmentUnproved, sent.Call.Segments.Syntax, null,
                (unproved, unprovedLength) switch
                {
                    (true, true) => "the gifted memory is whole pages",
                    (true, false) => "the gifted memory starts at a page",
                    _ => "the gifted length is whole pages",
                });
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
        if (buffer.Bytes.IsNeverWholePages)
        {
            report.AddHighLevel(SegmentRules.LengthNotWholePages, argument, buffer.LengthSyntax, $"'{argument}'", Bytes(buffer.Bytes), "use Send, which takes any length");
        }
        else if (!buffer.Bytes.IsWholeSmallestPages)
        {
            report.AddHighLevel(SegmentRules.AlignmentUnproved, argument, buffer.LengthSyntax, $"the length of '{argument}' is whole pages");
        }
        else
        {
            PageSizeLiteral.InLength(buffer.LengthSyntax, buffer.Bytes, report);
        }
    }

    private static string Name(long? index, SentSegments sent) => sent.Count.Exact == 1 ? "The segment"
        : index is { } position ? string.Format(CultureInfo.InvariantCulture, "Segment {0}", position)
        : "A segment";

    // Exactly where the modulus covers a page; otherwise what is left of a smaller power of two.
    private static string IntoPage(Number address)
    {
        long modulus = Math.Min(address.Modulus, Number.SmallestPage);
        long rest = address.Remainder % modulus;
        return modulus == Number.SmallestPage ? rest.ToString("N0", CultureInfo.InvariantCulture)
            : rest == 0 ? "less than a page"
            : string.Format(CultureInfo.InvariantCulture, "a multiple of {0:N0} plus {1:N0}", modulus, rest);
    }

    private static string Bytes(Number length) => length.Exact is { } exact
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes", exact)
        : length.Low > 0 && length.High < Number.SmallestPage
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} to {1:N0} bytes", length.Low, length.High)
        : string.Format(CultureInfo.InvariantCulture, "a multiple of {0:N0} plus {1:N0} bytes", Math.Min(length.Modulus, Number.SmallestPage), length.Remainder % Math.Min(length.Modulus, Number.SmallestPage));
}
