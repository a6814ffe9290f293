using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Text;

/// <summary>
/// Whether a compilation names anything that leads to an ownership transfer. A search of its text: a project that references the
/// runtime and does not use it pays no more than that, and while it is edited, for the edited file alone.
/// </summary>
internal static class Mentions
{
    private const string Stem = "plice";

    private static readonly string[] s_others =
        ["PageBuffer", "RecordWriter", "RecordBroadcaster", "RecordReader", "RecordEncoder", "RecordDecoder", "FrozenPages", "RawPipe",
            "[Segment", "SegmentAttribute", "VmSplice.Segment", "syscall"];

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> s_known = new();

    public static bool Any(Compilation compilation, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (s_known.GetValue(tree, one => new(TextSearch.Any(one.GetText(cancellation), IsIn))).Value)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (string word in s_others)
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
