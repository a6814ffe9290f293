namespace VmSplice.RuleContract;

/// <summary>The text of a right declaration of a segment: <c>public partial Span&lt;byte&gt; Caption { get; }</c>.</summary>
public static class SegmentDeclarationText
{
    /// <param name="modifiers">Those of the wrong declaration.</param>
    /// <param name="form">The type: <c>ref Header</c>, <c>Span&lt;byte&gt;</c>.</param>
    /// <param name="name">The name of the property.</param>
    public static string Of(IEnumerable<string> modifiers, string form, string name) => $"{Modifiers(modifiers)} {form} {name} {{ get; }}";

    /// <summary>The modifiers of a right declaration, from those of a wrong one.</summary>
    public static string Modifiers(IEnumerable<string> wrong)
        => string.Join(" ", wrong.Where(modifier => modifier is not ("static" or "readonly" or "partial")).Concat(["partial"]));
}
