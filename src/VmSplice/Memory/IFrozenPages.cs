namespace VmSplice.Memory;

/// <summary>Frozen pages of whatever element type.</summary>
internal interface IFrozenPages
{
    /// <summary>Gets where they lie; throws once they are given up.</summary>
    nint Address { get; }
}
