using System.Globalization;

namespace VmSplice.Benchmarks.Compiling;

/// <summary>Source text of structs with an attribute of either generator; a file for each, as in projects.</summary>
/// <param name="attribute">The attribute, with its namespace.</param>
internal sealed class GeneratedTypes(string attribute)
{
    /// <summary>A file with no such type, before and after an edit.</summary>
    public static string Unrelated(int version) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        namespace Generated;

        internal static class Unrelated
        {
            public static int Version() => {{version}};
        }
        """);

    /// <summary>A type: numbers, an enum, a flag.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="version">0, or what an edit made of it: one more field.</param>
    public string Of(int index, int version) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        namespace Generated;

        public enum Kind{{index}} { None, First, Second }

        [{{attribute}}]
        public partial struct Type{{index}}
        {
            public long Time;
            public double Price;
            public int Size;
            public Kind{{index}} Kind;
            public long Id;
            {{(version == 0 ? "" : $"public long Added{version};")}}
        }
        """);
}
