using VmSplice.Interop;

namespace VmSplice.Tests.Support;

/// <summary>Pipes of an exact capacity; the library itself never makes one smaller.</summary>
internal static class PipeSetup
{
    internal static readonly SpliceReaderOptions KeepReaderCapacity = new() { PipeCapacity = 1 };

    internal static SpliceWriterOptions KeepWriterCapacity(PipeReaderKind reader = PipeReaderKind.Unknown) => new() { Reader = reader, PipeCapacity = 1 };

    internal static SplicePipe OfCapacity(int bytes)
    {
        SplicePipe pipe = SplicePipe.Create(bytes);
        Assert.True(Fcntl.fcntl(pipe.WriteHandle, Fcntl.F_SETPIPE_SZ, bytes) >= 0);
        return pipe;
    }

    internal static int CapacityOf(SplicePipe pipe) => DescriptorInfo.PipeCapacity(pipe.WriteHandle);
}
