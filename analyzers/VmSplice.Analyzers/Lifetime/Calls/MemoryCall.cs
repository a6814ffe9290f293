namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>What a call does with memory that is not the runtime's.</summary>
internal enum MemoryCall
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
