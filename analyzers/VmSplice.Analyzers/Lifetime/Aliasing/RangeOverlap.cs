namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>Whether two ranges of one allocation share a byte.</summary>
internal enum RangeOverlap
{
    None,
    Possible,
    Certain,
}
