using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>Fields that a later version appended: which versions there were, and what older records have in their place.</summary>
/// <param name="type">The record.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class VersionParser(INamedTypeSymbol type, List<Finding> findings)
{
    private const int First = 1;

    /// <summary>As many as a stream's header has room for, and the present one.</summary>
    private const int MostVersions = 46;

    /// <summary>The version of a field, by its attribute or its property's.</summary>
    public static int VersionOf(IFieldSymbol field) => MarkOf(field) is { } mark ? mark.SingleNumber() ?? First : First;

    /// <summary>The record with what it was before; <see langword="null"/> where that cannot be.</summary>
    /// <param name="record">The record as it is.</param>
    /// <param name="facts">What the declaration says of its layout.</param>
    /// <param name="fields">Its fields, in their order.</param>
    /// <param name="symbols">The same as symbols.</param>
    public RecordShape? Add(RecordShape record, LayoutFacts facts, IReadOnlyList<UnplacedField> fields, IFieldSymbol[] symbols)
    {
        if (symbols.All(symbol => MarkOf(symbol) is null))
        {
            return record;
        }

        int[] versions = [.. symbols.Select(VersionOf)];
        if (ProblemOf(facts, versions, symbols) is { } problem)
        {
            return Report(problem.Field, problem.Text);
        }

        byte[] template = new byte[record.Size];
        for (int i = 0; i < symbols.Length; i++)
        {
            if (versions[i] != First && !FillDefault(symbols[i], record.Fields[i], template))
            {
                return null;
            }
        }

        var earlier = new List<EarlierVersion>();
        foreach (int version in versions.Distinct().Where(version => version != versions[versions.Length - 1]))
        {
            // As the older build places them.
            RecordShape? before = LayoutCalculator.Place(record.Type, facts, [.. fields.Take(versions.Count(one => one <= version))]);
            if (before is null || LayoutCalculator.GapsOf(before).Any())
            {
                int next = Array.FindIndex(versions, one => one > version);
                return Report(symbols[next], $"version {version} of it would have padding at its end, so no build of it can exist; let its fields fill it");
            }

            LayoutModel layout = LayoutFlattener.Flatten(before);
            earlier.Add(new EarlierVersion(version, layout.Size, layout.Fingerprint));
        }

        return record with { Earlier = new(earlier), Template = new(template) };
    }

    private static AttributeData? MarkOf(IFieldSymbol field)
        => (field.AssociatedSymbol ?? field).GetAttributes().Concat(field.GetAttributes()).FirstOrDefault(attribute => attribute.Is(KnownNames.SinceAttribute));

    private static (IFieldSymbol Field, string Text)? ProblemOf(LayoutFacts facts, int[] versions, IFieldSymbol[] symbols)
    {
        IFieldSymbol marked = symbols.First(symbol => MarkOf(symbol) is not null);
        if (facts.Kind != LayoutKinds.Sequential || facts.Size != 0)
        {
            return (marked, "it has fields of later versions and states its own offsets or size; let the compiler place them, or remove [Since]");
        }

        if (versions[0] != First)
        {
            return (symbols[0], "its first field is of a later version, so there was none before; remove [Since] from it");
        }

        if (versions.Distinct().Count() > MostVersions)
        {
            return (marked, $"it has more than {Counted.Of(MostVersions, "version")}; start a new type");
        }

        for (int i = 0; i < symbols.Length; i++)
        {
            if (versions[i] < First || (versions[i] == First && MarkOf(symbols[i]) is not null))
            {
                return (symbols[i], $"'{symbols[i].DeclaredName()}' has [Since({versions[i]})], and later versions begin with 2");
            }

            if (i > 0 && versions[i] < versions[i - 1])
            {
                return (symbols[i], $"'{symbols[i].DeclaredName()}', of version {versions[i]}, stands behind a field of version {versions[i - 1]}; "
                    + "append fields of later versions behind all others");
            }
        }

        return null;
    }

    private bool FillDefault(IFieldSymbol symbol, PlacedField field, byte[] template)
    {
        KeyValuePair<string, TypedConstant> stated = MarkOf(symbol)!.NamedArguments.FirstOrDefault(argument => argument.Key == "Default");
        bool isStated = stated.Key is not null && !stated.Value.IsNull;
        if (!isStated)
        {
            bool mayBeZero = DefaultBytes.MayBeZero(field.Shape);
            if (!mayBeZero)
            {
                Report(symbol, $"'{field.Name}' needs a Default in its [Since], because zero is no value of '{field.Shape.Type}'");
            }

            return mayBeZero;
        }

        byte[]? bytes = stated.Value.Kind == TypedConstantKind.Array ? null : DefaultBytes.Of(stated.Value.Value, field.Shape);
        if (bytes is null)
        {
            string problem = $"the Default of '{field.Name}' is no value of '{field.Shape.Type}' that an attribute can say";
            Report(symbol, problem + "; correct it, or remove it for zeros");
        }

        bytes?.CopyTo(template, field.Offset);
        return bytes is not null;
    }

    private RecordShape? Report(IFieldSymbol field, string problem)
    {
        findings.Add(new Finding(RuleIds.Kind, FieldParser.LocationOf(field), type.Name, problem));
        return null;
    }
}
