using System.Diagnostics;

namespace VmSplice.Tests.Links;

/// <summary>
/// What the child of a link inherits while others start children. Alone: whatever another test leaves to children on purpose
/// would be inherited here too.
/// </summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class LinkInheritanceTests
{
    [Fact]
    public void ChildStartedWhileAnotherIsGivenAnEnd_DoesNotInheritIt()
    {
        const int Rounds = 30;
        string alone = DescriptorsOfAChild();
        using ManualResetEventSlim ended = new();
        Background other = Background.Run(() =>
        {
            while (!ended.IsSet)
            {
                using SplicePipe pipe = SplicePipe.Create(1);
                using Process child = Child.StartReader(pipe, new ProcessStartInfo("/bin/true"));
                child.WaitForExit();
            }
        });
        try
        {
            for (int i = 0; i < Rounds; i++)
            {
                Assert.Equal(alone, DescriptorsOfAChild());
            }
        }
        finally
        {
            ended.Set();
        }

        other.Join();

        static string DescriptorsOfAChild()
        {
            using SpliceLink link = SpliceLink.Start(Child.Command("/bin/ls", "/proc/self/fd"));
            string output = "";
            link.Exchange(writer => { }, reader => output = new StreamReader(reader.AsStream()).ReadToEnd());
            return output;
        }
    }
}
