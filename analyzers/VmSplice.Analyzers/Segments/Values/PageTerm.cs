namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Numbers that are the page size, or made for rounding to it.</summary>
internal enum PageTerm
{
    None,

    /// <summary>The page size.</summary>
    Size,

    /// <summary>The page size less one: the mask of the offset in a page.</summary>
    SizeMinusOne,

    /// <summary>Its complement: the mask that rounds down to a page.</summary>
    Mask,
}
