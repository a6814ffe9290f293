using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>What is wrong with where a record's fields lie: VMS1003 and VMS1004.</summary>
internal static class LayoutFindings
{
    public static Finding WrongKind(INamedTypeSymbol type, LayoutFacts facts, Location location)
    {
        string reason = facts.Kind == LayoutKinds.Auto
            ? "is not fixed: with LayoutKind.Auto every process may order the fields in its own way; use LayoutKind.Sequential"
            : "is not fixed: this kind of layout is not supported; use LayoutKind.Sequential";
        return Create(location, LayoutProblem.Kind, type.Name, reason);
    }

    /// <summary>The order of fields across the parts of a partial struct is not defined (CS0282).</summary>
    public static Finding SeveralParts(INamedTypeSymbol type, IFieldSymbol stray)
        => Create(
            FieldParser.LocationOf(stray),
            LayoutProblem.SeveralParts,
            type.Name,
            $"is not fixed: '{stray.DeclaredName()}' stands in another part of the type than the fields before it, "
                + "and the order across parts is not defined; declare all fields in one part");

    /// <param name="fields">The symbols of <paramref name="record"/>'s fields, in the same order.</param>
    public static IEnumerable<Finding> Find(
        INamedTypeSymbol type, LayoutFacts facts, RecordShape record, IReadOnlyList<UnplacedField> unplaced, IReadOnlyList<IFieldSymbol> fields)
    {
        Location LocationOf(PlacedField field) => FieldParser.LocationOf(fields[IndexOf(record, field)]);

        Finding[] overlaps = [.. Overlaps(type, record, field => fields[IndexOf(record, field)])];
        foreach (Finding overlap in overlaps)
        {
            yield return overlap;
        }

        // In a union every offset was meant.
        string? offsets = facts.Kind == LayoutKinds.Explicit
            && overlaps.All(overlap => overlap.Properties[FindingProperties.Problem] != nameof(LayoutProblem.Union))
            ? ConsecutiveOffsets(record)
            : null;

        string? order = facts.Kind == LayoutKinds.Sequential && LayoutCalculator.OrderWithoutGaps(facts, unplaced) is { } ordered
            ? string.Join(",", ordered.Select(field => field.Name))
            : null;
        foreach (Gap gap in LayoutCalculator.GapsOf(record))
        {
            yield return facts.Kind == LayoutKinds.Explicit && gap.Before is { } next
                ? WithPlace(Create(LocationOf(next), LayoutProblem.Gap, type.Name, GapText(gap, next), offsets), record, gap)
                : Padding(type, facts, record, gap, order, LocationOf(gap.After!));
        }
    }

    private static IEnumerable<Finding> Overlaps(INamedTypeSymbol type, RecordShape record, Func<PlacedField, IFieldSymbol> symbolOf)
    {
        PlacedField? longest = null;
        string? offsets = ConsecutiveOffsets(record);
        foreach (PlacedField field in record.Fields.OrderBy(field => field.Offset).ThenByDescending(field => field.Shape.Size))
        {
            Location location = FieldParser.LocationOf(symbolOf(field));
            if (longest is not null && field.End <= longest.End)
            {
                yield return Union(type, field, longest, symbolOf(longest), location);
            }
            else if (longest is not null && field.Offset < longest.End)
            {
                yield return Create(
                    location,
                    LayoutProblem.Overlap,
                    type.Name,
                    FormattableString.Invariant($"has an overlap: '{field.Name}' starts at offset {field.Offset}, ")
                        + FormattableString.Invariant($"inside '{longest.Name}', which ends at offset {longest.End}; give each field bytes of its own"),
                    offsets);
            }

            longest = longest is null || field.End > longest.End ? field : longest;
        }
    }

    private static Finding Union(INamedTypeSymbol type, PlacedField field, PlacedField over, IFieldSymbol symbol, Location location)
    {
        Finding union = Create(
            location,
            LayoutProblem.Union,
            type.Name,
            FormattableString.Invariant($"is that of a union: '{field.Name}' lies in the bytes of '{over.Name}', and a check of one does not check the other; ")
            + FormattableString.Invariant($"keep the field '{over.Name}', and make '{field.Name}' a property over its bytes (BitConverter, Unsafe.BitCast)"));
        return union with
        {
            Properties = union.Properties
                .Add(FindingProperties.Kept, over.Name)
                .Add(FindingProperties.KeptType, symbol.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
                .Add(FindingProperties.KeptSize, over.Shape.Size.ToString(CultureInfo.InvariantCulture))
                .Add(FindingProperties.Within, (field.Offset - over.Offset).ToString(CultureInfo.InvariantCulture))
                .Add(FindingProperties.Size, field.Shape.Size.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string GapText(Gap gap, PlacedField next)
    {
        string belongs = gap.Size == 1 ? "belongs" : "belong";
        return FormattableString.Invariant($"has a gap: {Counted.Bytes(gap.Size)} before '{next.Name}' at offset {next.Offset} {belongs} to no field; ")
            + FormattableString.Invariant($"close it, or fill it from offset {gap.Offset} on with {Filling(gap.Size)}");
    }

    private static Finding Padding(INamedTypeSymbol type, LayoutFacts facts, RecordShape record, Gap gap, string? order, Location location)
    {
        string where = gap.Before is null ? "at the end" : $"before '{gap.Before.Name}'";
        string fill = $"fill it with {Filling(gap.Size)}";
        string advice = order is not null ? $"order the fields by falling size, or {fill}"
            : gap.Before is null && facts.Size > 0 ? FormattableString.Invariant($"remove 'Size = {facts.Size}', or {fill}")
            : fill;
        var finding = new Finding(RuleIds.Padding, location, type.Name, Counted.Bytes(gap.Size), gap.After!.Name, where, advice);
        return WithPlace(finding with { Properties = finding.Properties.Add(FindingProperties.Order, order) }, record, gap);
    }

    private static Finding WithPlace(Finding finding, RecordShape record, Gap gap) => finding with
    {
        Properties = finding.Properties
            .Add(FindingProperties.PaddingOffset, gap.Offset.ToString(CultureInfo.InvariantCulture))
            .Add(FindingProperties.PaddingSize, gap.Size.ToString(CultureInfo.InvariantCulture))
            .Add(FindingProperties.PaddingAlignment, record.Alignment.ToString(CultureInfo.InvariantCulture)),
    };

    private static Finding Create(Location location, LayoutProblem problem, string type, string reason, string? offsets = null)
        => new(RuleIds.Layout, location, type, reason)
        {
            Properties = ImmutableDictionary<string, string?>.Empty
                .Add(FindingProperties.Problem, problem.ToString())
                .Add(FindingProperties.Offsets, offsets),
        };

    /// <summary>Offsets without overlap or gap; <see langword="null"/> where the end would then be padding.</summary>
    private static string? ConsecutiveOffsets(RecordShape record)
    {
        int end = 0;
        var offsets = new List<string>();
        foreach (PlacedField field in record.Fields.OrderBy(field => field.Offset))
        {
            offsets.Add(FormattableString.Invariant($"{field.Name}={end}"));
            end += field.Shape.Size;
        }

        return end % record.Alignment == 0 ? string.Join(",", offsets) : null;
    }

    private static int IndexOf(RecordShape record, PlacedField field)
        => Enumerable.Range(0, record.Fields.Count).First(index => ReferenceEquals(record.Fields[index], field));

    /// <summary>What fills a gap: of most sizes no field has it alone.</summary>
    private static string Filling(int size)
        => size is 1 or 2 or 4 or 8 ? $"a field of {Counted.Bytes(size)}"
        : size > 32 ? $"an inline array of {Counted.Bytes(size)}"
        : $"fields of {Counted.Bytes(size)} in all";
}
