using System.CommandLine.Parsing;
using System.Globalization;

namespace Cat;

/// <summary>A number of bytes as people write it: <c>4096</c>, <c>64K</c>, <c>10G</c>.</summary>
internal readonly record struct ByteSize(long Bytes)
{
    private const string Units = "KMGT";

    public static ByteSize? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int shift = 10 * (text.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1 : 0);
        if (long.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= long.MaxValue >> shift)
        {
            return new ByteSize(number << shift);
        }

        result.AddError($"'{text}' is no size. Write a number of bytes, with K, M, G or T after it for powers of 1,024: 64K, 10G.");
        return null;
    }
}
