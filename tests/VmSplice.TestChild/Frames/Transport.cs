namespace VmSplice.TestChild;

/// <summary>An enum whose bytes are checked on arrival.</summary>
internal enum Transport : byte
{
    Live = 1,
    Replay = 2,
}
