using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Text;

/// <summary>Code as a message shows it: one line, and not too long a one.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(SyntaxNode node) => Of(node.ToString());

    public static string Of(string text)
    {
        int line = text.IndexOf('\n');
        string shown = (line < 0 ? text : text.Substring(0, line)).Trim();
        return line < 0 && shown.Length <= Longest ? shown : shown.Substring(0, Math.Min(shown.Length, Longest - 1)) + "…";
    }
}
