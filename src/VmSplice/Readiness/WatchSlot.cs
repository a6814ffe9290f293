namespace VmSplice.Readiness;

/// <summary>
/// What an event of the loop leads to. Refers to the watch only while somebody waits there: that keeps the waiting alive,
/// and what was forgotten undisposed can still be collected.
/// </summary>
internal sealed class WatchSlot(int index)
{
    private DescriptorWatch? _watch;

    internal int Index => index;

    internal DescriptorWatch? Watch
    {
        get => Volatile.Read(ref _watch);
        set => Volatile.Write(ref _watch, value);
    }
}
