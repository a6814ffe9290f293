namespace VmSplice.Generators.Model;

/// <summary>The static factories of a record; one that the user's type has a member for is left out.</summary>
[Flags]
internal enum Factories
{
    None = 0,
    Writer = 1,
    Reader = 2,
}
