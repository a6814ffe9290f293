namespace VmSplice.Generators.Model;

/// <summary>A field before it is placed.</summary>
internal sealed record UnplacedField(string Name, Shape Shape, int ExplicitOffset);
