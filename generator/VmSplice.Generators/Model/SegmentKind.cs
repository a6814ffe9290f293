namespace VmSplice.Generators.Model;

/// <summary>How many elements a segment has.</summary>
internal enum SegmentKind
{
    /// <summary>One, returned by reference.</summary>
    Value,

    /// <summary>Always the same number.</summary>
    Fixed,

    /// <summary>A number that travels with the buffer.</summary>
    Variable,
}
