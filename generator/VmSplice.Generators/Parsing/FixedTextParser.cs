using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>Finds the fields of a record that hold a text, and what is wrong with one that is marked so.</summary>
internal static class FixedTextParser
{
    /// <summary>The fields of a placed record that are marked, in their order.</summary>
    public static IReadOnlyList<FixedTextField> Parse(INamedTypeSymbol type, RecordShape record, IFieldSymbol[] symbols, List<Finding> findings)
    {
        var texts = new List<FixedTextField>();
        for (int i = 0; i < symbols.Length; i++)
        {
            if (MarkOf(symbols[i]) is not { } mark)
            {
                continue;
            }

            PlacedField field = record.Fields[i];
            if (ProblemOf(type, field) is { } problem)
            {
                findings.Add(new Finding(RuleIds.Kind, FieldParser.LocationOf(symbols[i]), type.Name, problem));
                continue;
            }

            bool truncates = mark.NamedArguments.Any(argument => argument.Key == "Truncates" && argument.Value.Value is true);
            texts.Add(new FixedTextField(
                field.Name,
                SyntaxFacts.GetText((symbols[i].AssociatedSymbol ?? symbols[i]).DeclaredAccessibility),
                field.Offset,
                field.Shape.Size,
                ElementOf(field.Shape) == "char",
                truncates,
                symbols[i].IsReadOnly || type.IsReadOnly));
        }

        return texts;
    }

    private static AttributeData? MarkOf(IFieldSymbol field)
        => field.GetAttributes().Concat(field.AssociatedSymbol?.GetAttributes() ?? []).FirstOrDefault(attribute => attribute.Is(KnownNames.FixedTextAttribute));

    private static string? ProblemOf(INamedTypeSymbol type, PlacedField field)
    {
        if (ElementOf(field.Shape) is not ("byte" or "char"))
        {
            return $"[FixedText] stands on '{field.Name}', which is no inline array of 'byte' or 'char'; make it one, or use a 'SpliceText'";
        }

        string property = field.Name + FixedTextField.Suffix;
        return TakenNames.IsFree(type, property) ? null : $"the text of '{field.Name}' needs the name '{property}', which is taken; rename one of them";
    }

    private static string? ElementOf(Shape shape) => shape is ArrayShape { Element: ValueShape { Check: null, ValueSet: "" } element } ? element.Type : null;
}
