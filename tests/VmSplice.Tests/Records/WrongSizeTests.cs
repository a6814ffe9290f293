using System.Buffers;

namespace VmSplice.Tests.Records;

/// <summary>
/// A layout that describes another size than the type has, as another source generator that adds a field leaves behind.
/// Refused before the first byte, in every build: with it each record after the first would be wrong.
/// </summary>
public sealed class WrongSizeTests
{
    public static TheoryData<string> Uses => [.. s_uses.Keys];

    private static readonly Dictionary<string, Action> s_uses = new(StringComparer.Ordinal)
    {
        ["RecordWriter"] = () =>
        {
            using SplicePipe pipe = SplicePipe.Create();
            _ = new RecordWriter<Grown>(pipe.OpenWriter());
        },
        ["RecordReader"] = () =>
        {
            using SplicePipe pipe = SplicePipe.Create();
            _ = new RecordReader<Grown>(pipe.OpenReader());
        },
        ["RecordEncoder"] = () => _ = new RecordEncoder<Grown>(new ArrayBufferWriter<byte>()),
        ["RecordDecoder"] = () => _ = new RecordDecoder<Grown>(),
        ["RecordCodec.Encode"] = () => RecordCodec.Encode<Grown>([default], new ArrayBufferWriter<byte>()),
        ["RecordCodec.Decode"] = () => RecordCodec.Decode<Grown>(new ReadOnlySequence<byte>(new byte[64])),
        ["RecordCodec.ReadRecordsAsync"] = () => System.IO.Pipelines.PipeReader.Create(new ReadOnlySequence<byte>(new byte[64])).ReadRecordsAsync<Grown>()
            .GetAsyncEnumerator().MoveNextAsync().AsTask().GetAwaiter().GetResult(),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void LayoutOfAnotherSize_RefusedWithBothSizesAndTheWayOut(string use)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(s_uses[use]);
        Assert.Equal(
            $"'{typeof(Grown)}' has 16 bytes, and its layout describes 8. "
                + "Either another source generator adds fields to it (declare them yourself), "
                + "or it implements ISpliceable by hand (mark it [Spliceable] instead).",
            error.Message);
    }

    /// <summary>The constructor took nothing over: the ends are still the caller's.</summary>
    [Fact]
    public void RefusedPipe_GoesOnWorking()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        Assert.Throws<InvalidOperationException>(() => new RecordWriter<Grown>(writer));
        Assert.Throws<InvalidOperationException>(() => new RecordReader<Grown>(reader));
        byte[] sent = [1, 2, 3];
        writer.Write(sent);
        byte[] read = new byte[3];
        Assert.Equal(3, reader.Read(read));
        Assert.Equal(sent, read);
    }

    /// <summary>As generated for <c>At</c> alone.</summary>
    private readonly record struct Grown(long At, long Extra) : ISpliceable<Grown>
    {
        static RecordLayout ISpliceable<Grown>.Layout { get; } = new("Grown", 8, 0x1234, new RecordField("At", "long", 0, 8));

        static bool ISpliceable<Grown>.NeedsValidation => false;

        static int ISpliceable<Grown>.IndexOfInvalidField(ref readonly Grown record) => -1;
    }
}
