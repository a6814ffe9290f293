using System.Globalization;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS3006: two segments of one call share bytes.</summary>
internal static class OverlapRule
{
    public static void Check(SentSegments sent, BodyReport report)
    {
        for (int i = 0; i < sent.Segments.Count; i++)
        {
            for (int j = i + 1; j < sent.Segments.Count; j++)
            {
                if (sent.Segments[i].Index is not { } first || sent.Segments[j].Index is not { } second)
                {
                    continue;
                }

                if (Shared(sent.Segments[i].Segment, sent.Segments[j].Segment) is not { } shared)
                {
                    continue;
                }

                report.Add(SegmentRules.OverlappingSegments, sent.Call.Segments.Syntax, sent.Segments[j].Segment.AddressSyntax, first, second, shared);
                return;
            }
        }
    }

    private static string? Shared(Segment left, Segment right)
    {
        if (left.Address?.Provenance is not { Site: not null } a || right.Address?.Provenance is not { Site: not null } b || !a.Site.Equals(b.Site)
            || a.Offset.Exact is not { } start || b.Offset.Exact is not { } other)
        {
            return null;
        }

        (Number leftLength, Number rightLength) = (left.Length?.Number ?? Number.Unknown, right.Length?.Number ?? Number.Unknown);
        if (leftLength.Exact == 0 || rightLength.Exact == 0)
        {
            return null;
        }

        // The same address twice overlaps whatever the lengths; nobody sends empty segments.
        if (start == other)
        {
            return leftLength.Exact is { } one && rightLength.Exact is { } two ? Bytes(Math.Min(one, two)) : "all of the shorter one";
        }

        (long low, Number lowLength, long high, Number highLength) = start < other
            ? (start, leftLength, other, rightLength) : (other, rightLength, start, leftLength);
        long overlap = lowLength.Low == long.MinValue ? 0 : Math.Min(lowLength.Low - (high - low), highLength.Low);
        if (highLength.Low <= 0 && lowLength.Low > high - low)
        {
            return "some bytes";
        }

        return overlap > 0 ? Bytes(overlap) : null;
    }

    private static string Bytes(long count) => string.Format(CultureInfo.InvariantCulture, count == 1 ? "{0:N0} byte" : "{0:N0} bytes", count);
}
