namespace VmSplice.Tests.InPlace;

/// <summary>Descriptors and mappings of memory that is shared with another process, as many as there are now.</summary>
internal sealed class Leavings
{
    private readonly int _files = OpenFiles.CountOfMemory();
    private readonly int _mappings = Mapped.CountOf("memfd:VmSplice");
    private readonly int _named = Mapped.CountOf("/dev/shm/");

    /// <summary>No more are there by now, and none of that memory has a name.</summary>
    internal void AssertNone()
    {
        Assert.Equal(_files, OpenFiles.CountOfMemory());
        Assert.Equal(_mappings, Mapped.CountOf("memfd:VmSplice"));

        // Other tests, of other processes too, have files of their own in /dev/shm: what counts is what bears the name of our memory.
        Assert.Equal(_named, Mapped.CountOf("/dev/shm/"));
        Assert.Empty(Directory.EnumerateFileSystemEntries("/dev/shm", "*VmSplice*"));
    }
}
