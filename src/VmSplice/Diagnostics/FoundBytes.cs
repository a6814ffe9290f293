namespace VmSplice.Diagnostics;

/// <summary>Shows bytes that were found where something else should be: as text too, where somebody printed.</summary>
internal static class FoundBytes
{
    /// <summary>The bytes as hexadecimal digits, with the text that they are, if they are one.</summary>
    internal static string Show(ReadOnlySpan<byte> bytes)
    {
        string digits = Convert.ToHexString(bytes);
        return TryShowText(bytes) is { } text ? $"{digits}, the text \"{text}\" (does somebody print to this pipe?)" : digits;
    }

    private static string? TryShowText(ReadOnlySpan<byte> bytes)
    {
        Span<char> shown = stackalloc char[bytes.Length * 2];
        int length = 0;
        foreach (byte one in bytes)
        {
            switch ((char)one)
            {
                case '\n':
                    "\\n".CopyTo(shown[length..]);
                    length += 2;
                    break;
                case '\r':
                    "\\r".CopyTo(shown[length..]);
                    length += 2;
                    break;
                case '\t':
                    "\\t".CopyTo(shown[length..]);
                    length += 2;
                    break;
                case >= ' ' and <= '~' and var letter:
                    shown[length++] = letter;
                    break;
                default:
                    return null;
            }
        }

        return length == 0 ? null : new string(shown[..length]);
    }
}
