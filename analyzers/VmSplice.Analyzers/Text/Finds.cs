namespace VmSplice.Analyzers.Text;

/// <summary>Whether something is in a piece of text.</summary>
internal delegate bool Finds(ReadOnlySpan<char> text);
