namespace VmSplice.RuleContract;

/// <summary>What can be wrong with a layout (VMS1003).</summary>
public enum LayoutProblem
{
    /// <summary>The kind of layout is one that promises nothing.</summary>
    Kind,

    /// <summary>Explicit, and two fields share some of their bytes.</summary>
    Overlap,

    /// <summary>Explicit, and all bytes of a field are another's too.</summary>
    Union,

    /// <summary>Explicit, and bytes belong to no field.</summary>
    Gap,

    /// <summary>The fields stand in several parts of a partial type.</summary>
    SeveralParts,
}
