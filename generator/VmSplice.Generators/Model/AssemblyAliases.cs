namespace VmSplice.Generators.Model;

/// <summary>By which names a generated file reaches other assemblies: <c>global</c>, or the alias that a project gave its reference.</summary>
/// <param name="Runtime">The name for the runtime.</param>
/// <param name="Externs">The aliases that the file must declare.</param>
internal sealed record AssemblyAliases(string Runtime, EquatableArray<string> Externs);
