using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>A raw call with the values of its operands at the time of the call.</summary>
internal sealed class SentSegments
{
    private SentSegments(RawCall call, Value? descriptor, Number count, uint sureFlags, IReadOnlyList<(long? Index, Segment Segment)> segments, bool complete)
    {
        Call = call;
        Descriptor = Descriptors.OwnEnd(descriptor as Descriptor);
        Count = count;
        SureFlags = sureFlags;
        Segments = segments;
        IsComplete = complete;
    }

    public RawCall Call { get; }

    public Descriptor? Descriptor { get; }

    /// <summary>How many segments the kernel is told of.</summary>
    public Number Count { get; }

    public uint SureFlags { get; }

    public bool IsGift => (SureFlags & SpliceFlagBits.Gift) != 0;

    /// <summary>The segments that are known, those at unknown positions without an index.</summary>
    public IReadOnlyList<(long? Index, Segment Segment)> Segments { get; }

    /// <summary>Whether these are all.</summary>
    public bool IsComplete { get; }

    public static SentSegments Of(RawCall call, Evaluator evaluator, ValueState state)
    {
        // The operands were evaluated just before; on a copy, evaluating again does no harm.
        state = state.Copy();
        Value? list = evaluator.Eval(call.Segments, state);
        if (list is not (SegmentWindow or Segment) && evaluator.Addresses.ByReference(call.Segments, state) is { } reference)
        {
            list = reference;
        }

        Number count = call.Count is null ? Number.Unknown : (evaluator.Eval(call.Count, state) as Scalar)?.Number ?? Number.Unknown;
        uint flags = evaluator.Eval(call.Flags, state) is Scalar { Number.Exact: { } exact } ? (uint)exact : SpliceFlagBits.Of(call.Flags).Sure;
        var segments = new List<(long?, Segment)>();
        bool complete = false;
        switch (list)
        {
            case Segment single:
                segments.Add((0, single));
                (count, complete) = (Number.Constant(1), true);
                break;
            case SegmentWindow window:
                if (call.Count is null)
                {
                    count = window.Count;
                }

                complete = Collect(state.CellOf(window.Cell), window.Start, count, segments);
                break;
        }

        return new SentSegments(call, evaluator.Eval(call.Descriptor, state), count, flags, segments, complete);
    }

    private static bool Collect(SegmentCell cell, Number start, Number count, List<(long?, Segment)> segments)
    {
        if (cell.IsLost)
        {
            return false;
        }

        foreach (KeyValuePair<long, Segment> pair in cell.Known)
        {
            // Elements outside of the window are not sent.
            if (start.Exact is not { } first)
            {
                segments.Add((null, pair.Value));
            }
            else if (pair.Key >= first && pair.Key - first < count.High)
            {
                segments.Add((pair.Key - first < count.Low ? pair.Key - first : null, pair.Value));
            }
        }

        if (cell.Rest is { } rest)
        {
            segments.Add((null, rest));
        }

        return start.Exact is not null && segments.Count > 0;
    }
}
