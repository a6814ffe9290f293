namespace VmSplice.Analyzers.Tests.Documentation;

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
