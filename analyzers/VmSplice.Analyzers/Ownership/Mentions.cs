using System.Buffers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Ownership;

/// <summary>
/// Whether a compilation names anything that leads to a hand-over. A search of its text: a project that references the
/// runtime and does not use it pays no more than that.
/// </summary>
internal static class Mentions
{
    private const string Stem = "plice";

    private static readonly string[] Others = ["PageBuffer", "RecordWriter", "RecordReader", "FrozenPages", "RawPipe"];

    public static bool Any(Compilation compilation, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (IsIn(tree.GetText(cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(SourceText text)
    {
        // In pieces that overlap by the longest word.
        const int Overlap = 16;
        char[] buffer = ArrayPool<char>.Shared.Rent(32 * 1024);
        try
        {
            for (int start = 0; start < text.Length; start += buffer.Length - Overlap)
            {
                int length = Math.Min(buffer.Length, text.Length - start);
                text.CopyTo(start, buffer, 0, length);
                if (IsIn(buffer.AsSpan(0, length)))
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

    private static bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (string word in Others)
        {
            if (text.IndexOf(word.AsSpan()) >= 0)
            {
                return true;
            }
        }

        // The namespace alone, as in a global using, is no use: VmSplice.
        for (int at = text.IndexOf(Stem.AsSpan()); at >= 0;)
        {
            ReadOnlySpan<char> before = text.Slice(0, at);
            ReadOnlySpan<char> after = text.Slice(at + Stem.Length);
            bool isNamespace = before.EndsWith("VmS".AsSpan()) && (after.IsEmpty || after[0] is ';' or '.' or '\r' or '\n');
            if (!isNamespace)
            {
                return true;
            }

            int next = text.Slice(at + 1).IndexOf(Stem.AsSpan());
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }
}
