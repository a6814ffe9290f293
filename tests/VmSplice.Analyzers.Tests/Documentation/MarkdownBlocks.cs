namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The fenced blocks of code in a Markdown file.</summary>
internal static class MarkdownBlocks
{
    private const string Fence = "```";

    public static IEnumerable<MarkdownBlock> Of(string path)
    {
        string[] lines = File.ReadAllLines(path);
        for (int start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.FindIndex(lines, start + 1, line => line.TrimEnd() == Fence);
            if (end < 0)
            {
                throw new FormatException($"{Path.GetFileName(path)}:{start + 1}: this block is never closed.");
            }

            string[] words = lines[start][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return new MarkdownBlock(Path.GetFileName(path), start + 2, words, string.Join('\n', lines[(start + 1)..end]) + "\n");
            start = end;
        }
    }

    /// <summary>What a block of shell writes with <c>cat > FILE &lt;&lt; 'END'</c>.</summary>
    public static IEnumerable<MarkdownBlock> FilesWrittenBy(MarkdownBlock shell, string extension)
    {
        const string Here = " << 'END'";
        string[] lines = shell.Code.Split('\n');
        for (int start = 0; start < lines.Length; start++)
        {
            if (lines[start].StartsWith("cat > ", StringComparison.Ordinal) && lines[start].EndsWith(extension + Here, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, "END", start);
                if (end < 0)
                {
                    throw new FormatException($"{shell.File}:{shell.Line + start}: no line says END.");
                }

                yield return shell with { Line = shell.Line + start + 1, Code = string.Join('\n', lines[(start + 1)..end]) + "\n" };
                start = end;
            }
        }
    }
}
