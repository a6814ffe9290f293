namespace VmSplice.Generators.Model;

/// <summary>A check of one leaf.</summary>
/// <param name="Field">The index of the leaf.</param>
/// <param name="Offset">Where the first value lies.</param>
/// <param name="Repeats">The loops around it, outermost first; none for a single value.</param>
/// <param name="Check">What each value must satisfy.</param>
internal sealed record LeafCheck(int Field, int Offset, EquatableArray<Repeat> Repeats, ValueCheck Check);
