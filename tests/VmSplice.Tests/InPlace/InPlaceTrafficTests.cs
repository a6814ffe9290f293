using CsCheck;
using VmSplice.Tests.Properties;

namespace VmSplice.Tests.InPlace;

/// <summary>Streams that are long enough to be read in place: what arrives is what was sent, whatever chunks, flushes, pipe and pace.</summary>
[Trait("Category", "Transport")]
public class InPlaceTrafficTests
{
    [Fact]
    public void AnyLongTrafficOfOrdinaryRecords_ArrivesAsSent() => Check<Tick>();

    [Fact]
    public void AnyLongTrafficOfSevenByteRecords_ArrivesAsSent() => Check<Odd>();

    [Fact]
    public void AnyLongTrafficOfRecordsLargerThanAPage_ArrivesAsSent() => Check<Wide>();

    [Fact]
    public void AnyLongTrafficOfValidatedRecords_ArrivesAsSent() => Check<Order>();

    private static unsafe void Check<T>()
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
        => RecordTraffic.Long(sizeof(T)).Sample(traffic => traffic.Run<T>(), iter: ThisKernel.Rounds(40), threads: 1);
}
