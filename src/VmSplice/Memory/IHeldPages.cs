namespace VmSplice.Memory;

/// <summary>Pages that somebody keeps for a while without owning them.</summary>
internal interface IHeldPages
{
    /// <summary>Ends it.</summary>
    void Release();
}
