namespace VmSplice.Generators.Model;

/// <summary>How a type is opened again: <c>partial struct</c> and an escaped name.</summary>
internal sealed record TypeDeclaration(string Keywords, string Name);
