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
}

/// <summary>One block of code.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The first line of the code in it, from one.</param>
/// <param name="Words">What stands behind the opening fence: the language, then what is said about the block.</param>
/// <param name="Code">Its lines.</param>
internal sealed record MarkdownBlock(string File, int Line, string[] Words, string Code)
{
    public string Language => Words.FirstOrDefault() ?? "";

    /// <summary>The rule that <c>```csharp bad VMS2001</c> says is broken; <see langword="null"/> for any other block.</summary>
    public string? BrokenRule => Words is [_, "bad", var rule] ? rule : null;

    public override string ToString() => $"{File}:{Line}";
}
