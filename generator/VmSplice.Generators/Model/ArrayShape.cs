namespace VmSplice.Generators.Model;

/// <summary>A fixed-size buffer or an inline array.</summary>
internal sealed record ArrayShape(Shape Element, int Length, int Alignment)
    : Shape(Element.Size * Length, Alignment, WithLength(Element.Type, Length))
{
    public override string WireType => WithLength(Element.WireType, Length);

    /// <summary>Three rows of four are <c>int[3][4]</c> in C#: the outer length comes first.</summary>
    private static string WithLength(string element, int length)
    {
        // A nested record's wire type ends in '}' and may hold brackets of its own.
        int bracket = element.IndexOf('[', element.LastIndexOf('}') + 1);
        return element.Insert(bracket < 0 ? element.Length : bracket, $"[{length}]");
    }
}
