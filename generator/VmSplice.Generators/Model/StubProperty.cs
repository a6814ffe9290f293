namespace VmSplice.Generators.Model;

/// <summary>A property that only throws.</summary>
/// <param name="Head">Its modifiers, type and name; an indexer's parameters.</param>
/// <param name="Accessors">Their keywords, with modifiers: <c>get</c>, <c>private set</c>.</param>
/// <param name="IsPart">
/// Whether it is the other part of a property of the user's.
/// The attribute of generated members would count for both parts, and analyzers pass over what has it.
/// </param>
internal sealed record StubProperty(string Head, EquatableArray<string> Accessors, bool IsPart);
