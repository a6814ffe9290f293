namespace VmSplice.Analyzers.Library;

/// <summary>What a call does with memory that is not the runtime's.</summary>
internal enum MemoryEffect
{
    None,
    AllocatesNative,
    Maps,
    AllocatesManaged,
    AllocatesPinned,
    RentsArray,
    RentsOwner,
    Frees,
    Unmaps,
    ReturnsArray,
    Pins,
    AddressOfPinned,
}
