namespace VmSplice.Analyzers.Lifetime;

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
