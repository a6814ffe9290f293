namespace VmSplice.Tests.Disposal;

/// <summary>A send consumes its buffer first, and fails then: also where the writer is disposed, or sends nothing any more.</summary>
[Trait("Category", "Transport")]
public class ConsumedBufferTests
{
    private static readonly Dictionary<string, Func<SpliceWriter, PageBuffer<byte>, Picture, Task>> Sends = new()
    {
        ["Send"] = (writer, buffer, _) => Now(() => writer.Send(buffer)),
        ["Send of a part"] = (writer, buffer, _) => Now(() => writer.Send(buffer, 10)),
        ["Gift"] = (writer, buffer, _) => Now(() => writer.Gift(buffer)),
        ["SendAll"] = (writer, buffer, _) => Now(() => writer.SendAll(buffer)),
        ["SendAsync"] = (writer, buffer, _) => writer.SendAsync(buffer).AsTask(),
        ["SendAsync of a part"] = (writer, buffer, _) => writer.SendAsync(buffer, 10).AsTask(),
        ["GiftAsync"] = (writer, buffer, _) => writer.GiftAsync(buffer).AsTask(),
        ["SendAllAsync"] = (writer, buffer, _) => writer.SendAllAsync<byte>([buffer]).AsTask(),
        ["Send of a picture"] = (writer, _, picture) => Now(() => writer.Send(picture)),
        ["Gift of a picture"] = (writer, _, picture) => Now(() => writer.Gift(picture)),
        ["SendAsync of a picture"] = (writer, _, picture) => writer.SendAsync(picture).AsTask(),
        ["GiftAsync of a picture"] = (writer, _, picture) => writer.GiftAsync(picture).AsTask(),
    };

    public static TheoryData<string> Kinds { get; } = [.. Sends.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DisposedWriter_BufferIsConsumedAllTheSame(string kind)
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        await AssertConsumed<ObjectDisposedException>(kind, writer, dispose: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WriterAfterAnIncompleteSend_BufferIsConsumedAllTheSame(string kind)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using var cancellation = new CancellationTokenSource();
        Task incomplete = writer.WriteAsync(new byte[200_000], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => incomplete);
        await AssertConsumed<IncompleteSendException>(kind, writer, dispose: false);
    }

    private static async Task AssertConsumed<TException>(string kind, SpliceWriter writer, bool dispose)
        where TException : Exception
    {
        bool isPicture = kind.EndsWith("picture", StringComparison.Ordinal);
        PageBuffer<byte> buffer = writer.Rent<byte>(Environment.SystemPageSize);
        Picture picture = Picture.Rent(writer);
        if (dispose)
        {
            writer.Dispose();
        }

        await Assert.ThrowsAsync<TException>(() => Sends[kind](writer, buffer, picture));
        Assert.NotEqual(PageBufferState.Owned, isPicture ? picture.State : buffer.State);
        buffer.Dispose();
        picture.Dispose();
    }

    private static Task Now(Action action)
    {
        try
        {
            action();
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
    }
}
