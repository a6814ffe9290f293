namespace VmSplice.Generators.Model;

/// <summary>
/// What is generated for a type that breaks a rule. Without it the compiler would report what the type lacks, and end before any analyzer runs that says why.
/// </summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="FullName">Namespace, containing types and name.</param>
/// <param name="Namespace">Escaped, or <see langword="null"/> for the global namespace.</param>
/// <param name="Aliases">How the file names other assemblies.</param>
/// <param name="Declarations">The containing types from the outside in, and last the type itself.</param>
/// <param name="Contract">The interface to declare.</param>
/// <param name="Members">Which of a buffer's convenient members to write.</param>
/// <param name="Factories">Which of a record's factories to write.</param>
/// <param name="Properties">What implements the partial properties, and the lengths that go with them.</param>
internal sealed record StubModel(
    string HintName,
    string FullName,
    string? Namespace,
    AssemblyAliases Aliases,
    EquatableArray<TypeDeclaration> Declarations,
    StubContract Contract,
    BufferMembers Members,
    Factories Factories,
    EquatableArray<StubProperty> Properties);
