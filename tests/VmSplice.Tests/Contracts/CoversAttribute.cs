namespace VmSplice.Tests.Contracts;

/// <summary>Names the members of the framework's types, as we implement them, whose contract a test checks.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CoversAttribute(params string[] members) : Attribute
{
    public IReadOnlyList<string> Members { get; } = members;
}
