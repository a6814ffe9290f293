namespace VmSplice.Generators.Model;

/// <summary>All that the emitter needs to know of one buffer: text and numbers, nothing of the compiler's.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="FullName">Namespace, containing types and name, as the layout reports it.</param>
/// <param name="Namespace">Escaped, or <see langword="null"/> for the global namespace.</param>
/// <param name="Aliases">How the file names the assemblies of the runtime and of the elements.</param>
/// <param name="Declarations">The containing types from the outside in, and last the buffer itself.</param>
/// <param name="Fingerprint">What two processes compare.</param>
/// <param name="Segments">In the order in which they travel.</param>
/// <param name="HasRemarks">Whether the user's own comment has a <c>remarks</c> element.</param>
/// <param name="Members">Which of the convenient members to write.</param>
internal sealed record BufferModel(
    string HintName,
    string FullName,
    string? Namespace,
    AssemblyAliases Aliases,
    EquatableArray<TypeDeclaration> Declarations,
    ulong Fingerprint,
    EquatableArray<SegmentModel> Segments,
    bool HasRemarks,
    BufferMembers Members)
{
    /// <summary>Gets the buffer's own name, escaped.</summary>
    public string Name => Declarations[Declarations.Count - 1].Name;
}
