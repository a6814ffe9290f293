namespace VmSplice.Generators.Model;

/// <summary>
/// Places fields as the .NET runtime does for a struct without references: each at the next multiple of its
/// alignment, which <c>Pack</c> may lower, or where its <c>FieldOffset</c> says.
/// </summary>
internal static class LayoutCalculator
{
    /// <summary>The largest struct that the runtime loads; beyond, field offsets do not fit its tables.</summary>
    public const int LargestSize = (1 << 27) - 8;

    /// <summary>The largest inline array that the runtime loads.</summary>
    public const int LargestInlineArray = 1 << 20;

    /// <returns>The placed record, or <see langword="null"/> where it is larger than any struct may be.</returns>
    public static RecordShape? Place(string type, LayoutFacts facts, IReadOnlyList<UnplacedField> fields)
    {
        var placed = new List<PlacedField>();
        long end = 0;
        int alignment = 1;
        foreach (UnplacedField field in fields)
        {
            int fieldAlignment = facts.Limit(field.Shape.Alignment);
            long offset = facts.Kind == LayoutKinds.Explicit ? field.ExplicitOffset : RoundUp(end, fieldAlignment);
            end = Math.Max(end, offset + field.Shape.Size);
            if (end > LargestSize)
            {
                return null;
            }

            alignment = Math.Max(alignment, fieldAlignment);
            placed.Add(new PlacedField(field.Name, field.Shape, (int)offset));
        }

        // A size that the user states is taken as it is, without rounding; one that is too small is not taken at all.
        long size = facts.Size > 0 ? Math.Max(facts.Size, end) : RoundUp(end, alignment);
        return size > LargestSize ? null : new RecordShape((int)size, alignment, type, new(placed));
    }

    /// <summary>The bytes of a placed record that belong to no field.</summary>
    public static IEnumerable<Gap> GapsOf(RecordShape record)
    {
        PlacedField? before = null;
        int end = 0;
        foreach (PlacedField field in record.Fields.OrderBy(field => field.Offset))
        {
            if (field.Offset > end)
            {
                yield return new Gap(before, field, end, field.Offset - end);
            }

            if (field.End >= end)
            {
                before = field;
                end = field.End;
            }
        }

        if (record.Size > end)
        {
            yield return new Gap(before, null, end, record.Size - end);
        }
    }

    /// <summary>The same fields, those of the largest alignment first, where they then lie without a gap.</summary>
    public static IReadOnlyList<UnplacedField>? OrderWithoutGaps(LayoutFacts facts, IReadOnlyList<UnplacedField> fields)
    {
        UnplacedField[] ordered = [.. fields.OrderByDescending(field => field.Shape.Alignment)];
        return Place("", facts, ordered) is { } record && !GapsOf(record).Any() ? ordered : null;
    }

    private static long RoundUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
