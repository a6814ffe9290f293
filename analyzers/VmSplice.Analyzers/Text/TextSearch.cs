using System.Buffers;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Text;

/// <summary>
/// A search of source text as it is, before anything is made of it: what is not even in the text is not in the program.
/// Costs about a thousandth of compiling it.
/// </summary>
internal static class TextSearch
{
    private const int Window = 32 * 1024;

    /// <summary>Longer than what is looked for, with the name that it is in: a hit may lie across two windows.</summary>
    private const int Overlap = 256;

    public static bool Any(SourceText text, Finds finds)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(Window);
        try
        {
            for (int start = 0; start < text.Length; start += Window - Overlap)
            {
                int length = Math.Min(Window, text.Length - start);
                text.CopyTo(start, buffer, 0, length);
                if (finds(buffer.AsSpan(0, length)))
                {
                    return true;
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }

        return false;
    }

    public static bool Contains(SourceText text, string word) => Any(text, window => window.IndexOf(word.AsSpan()) >= 0);
}
