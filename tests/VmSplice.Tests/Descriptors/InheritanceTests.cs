using System.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Tests.Descriptors;

/// <summary>Ends close on exec, except for the one that a child is to have.</summary>
public class InheritanceTests
{
    [Fact]
    public void OtherChild_InheritsNoEnd()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        Assert.DoesNotContain(NameOf(pipe), Child.Run(Child.Helper("descriptors")), StringComparison.Ordinal);
    }

    [Fact]
    public void ChildWithReader_InheritsThatEndAloneAndItIsClosedHere()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe other = SplicePipe.Create();
        string name = NameOf(pipe);
        using Process child = Child.StartReader(pipe, Child.Helper("descriptors"));
        string descriptors = Child.Finish(child);
        Assert.Single(descriptors.Split('\n'), line => line.EndsWith(name, StringComparison.Ordinal));
        Assert.DoesNotContain(NameOf(other), descriptors, StringComparison.Ordinal);
        Assert.True(pipe.ReadHandle.IsClosed);
        Assert.False(pipe.WriteHandle.IsClosed);

        // Nobody has the read end any more, so its child's death is noticed.
        using SpliceWriter writer = pipe.OpenWriter();
        ReadEnds.AwaitClosed(writer.Handle);
        Assert.Throws<BrokenPipeException>(() => writer.Write("x"u8));
    }

    [Fact]
    public void EndsOfANewPipe_CloseOnExec()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Assert.Equal(Fcntl.FD_CLOEXEC, Fcntl.fcntl(pipe.ReadHandle, Fcntl.F_GETFD, 0));
        Assert.Equal(Fcntl.FD_CLOEXEC, Fcntl.fcntl(pipe.WriteHandle, Fcntl.F_GETFD, 0));
    }

    private static string NameOf(SplicePipe pipe)
    {
        string text = DescriptorInfo.Describe(pipe.WriteHandle);
        return text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..^1];
    }
}
