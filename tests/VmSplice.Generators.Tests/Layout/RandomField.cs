using System.Globalization;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>A field; <paramref name="Slip"/> is a gap or an overlap where the layout is explicit.</summary>
internal sealed record RandomField(string Type, int Count, int Slip, int Other, bool Property)
{
    public bool IsBuffer => Type.StartsWith("fixed ", StringComparison.Ordinal);

    public string TypeIn(int index) => Type != "S" ? Type : index == 0 ? "Even" : string.Create(CultureInfo.InvariantCulture, $"S{Other % index}");
}
