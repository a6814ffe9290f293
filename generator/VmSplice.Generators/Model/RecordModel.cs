namespace VmSplice.Generators.Model;

/// <summary>All that the emitter needs to know of one record: text and numbers, nothing of the compiler's.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="FullName">Namespace, containing types and name, as the layout reports it.</param>
/// <param name="Namespace">Escaped, or <see langword="null"/> for the global namespace.</param>
/// <param name="Aliases">How the file names the runtime.</param>
/// <param name="Declarations">The containing types from the outside in, and last the record itself.</param>
/// <param name="Layout">Where the fields lie.</param>
/// <param name="StatesLayout">Whether the user wrote a <c>StructLayout</c> attribute.</param>
/// <param name="HasRemarks">Whether the user's own comment has a <c>remarks</c> element.</param>
/// <param name="Factories">Which factories to write.</param>
internal sealed record RecordModel(
    string HintName,
    string FullName,
    string? Namespace,
    AssemblyAliases Aliases,
    EquatableArray<TypeDeclaration> Declarations,
    LayoutModel Layout,
    bool StatesLayout,
    bool HasRemarks,
    Factories Factories)
{
    /// <summary>Gets the fields that hold a text.</summary>
    public EquatableArray<FixedTextField> Texts { get; init; }

    /// <summary>Gets the record's own name, escaped.</summary>
    public string Name => Declarations[Declarations.Count - 1].Name;
}
