using CsCheck;

namespace VmSplice.Tests.Properties;

/// <summary>Whatever the record, the chunks, the pipe and the pace: what arrives is what was sent.</summary>
[Trait("Category", "Transport")]
public class RecordTests
{
    private const int Bytes = 600_000;

    [Fact]
    public void AnyTrafficOfOrdinaryRecords_ArrivesAsSent() => Check<Tick>();

    [Fact]
    public void AnyTrafficOfSingleBytes_ArrivesAsSent() => Check<Mark>(Bytes / 6);

    [Fact]
    public void AnyTrafficOfSevenByteRecords_ArrivesAsSent() => Check<Odd>();

    [Fact]
    public void AnyTrafficOfRecordsLargerThanAPage_ArrivesAsSent() => Check<Wide>();

    [Fact]
    public void AnyTrafficOfValidatedRecords_ArrivesAsSent() => Check<Order>();

    private static unsafe void Check<T>(int bytes = Bytes)
        where T : unmanaged, ISpliceable<T>, ITestRecord<T>
        => RecordTraffic.Any(sizeof(T), bytes).Sample(traffic => traffic.Run<T>(), iter: ThisKernel.Rounds(200), threads: 1);
}
