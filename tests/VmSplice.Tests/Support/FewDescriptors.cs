using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Support;

/// <summary>A process that has opened as many descriptors as it may. Only for tests that run alone.</summary>
internal sealed class FewDescriptors : IDisposable
{
    private readonly List<SafeFileHandle> _open = [];

    private FewDescriptors()
    {
    }

    /// <summary>Opens descriptors until there are no more (EMFILE).</summary>
    internal static FewDescriptors None()
    {
        var few = new FewDescriptors();
        while (Fcntl.open("/dev/null", Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0) is var descriptor and >= 0)
        {
            few._open.Add(new SafeFileHandle(descriptor, ownsHandle: true));
        }

        return few;
    }

    public void Dispose()
    {
        foreach (SafeFileHandle handle in _open)
        {
            handle.Dispose();
        }
    }
}
