using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>The package's reference has an alias: its types have no global name, and are the same types.</summary>
public sealed class AliasedReferenceTests
{
    private static readonly AnalyzerTestOptions s_aliased = new()
    {
        ReferenceRuntime = false,
        RunGenerator = false,
        OtherReferences = [References.Runtime.WithAliases(["vms"])],
    };

    [Fact]
    public Task WriteAfterSend_IsReported() => AnalyzerTest.VerifyAsync(
        """
        extern alias vms;
        using vms::VmSplice;

        public static class Program
        {
            public static void Ship(SpliceWriter writer)
            {
                using PageBuffer<int> buffer = writer.Rent<int>(1024);
                writer.Send(buffer);
                {|VMS2001:buffer[0]|} = 1;
            }
        }
        """,
        s_aliased,
        PackageAnalyzers.All);

    [Fact]
    public Task UnawaitedSendAndStackMemory_AreReported() => AnalyzerTest.VerifyAsync(
        """
        extern alias vms;
        using System.Runtime.InteropServices;
        using vms::VmSplice;

        public static class Program
        {
            public static unsafe void Ship(SpliceWriter writer, SafeHandle pipe)
            {
                PageBuffer<int> buffer = writer.Rent<int>(1024);
                {|VMS4001:writer.SendAsync(buffer)|};
                byte* stack = stackalloc byte[64];
                if (RawPipe.VmSplice(pipe, {|VMS2005:new IoVec(stack, 64)|}, SpliceFlags.None) != 64)
                {
                    throw new InvalidOperationException();
                }
            }
        }
        """,
        s_aliased,
        PackageAnalyzers.All);

    [Fact]
    public Task WrongType_IsReported() => AnalyzerTest.VerifyAsync(
        """
        extern alias vms;
        using vms::VmSplice;

        [Spliceable]
        public partial struct Named
        {
            public string {|VMS1002:Name|};
        }
        """,
        s_aliased,
        PackageAnalyzers.All);
}
