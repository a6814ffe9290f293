namespace VmSplice.Analyzers.Segments.Values;

/// <summary>The key under which a state keeps the number of elements that the collection of a variable or field is known to have.</summary>
internal sealed record CountOf(object Collection);
