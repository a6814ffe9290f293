namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Used after it was given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChecksumLoggedAfterSend"] = """
            public sealed class EtlStage(SpliceWriter next, Action<string> log)
            {
                private readonly Dictionary<int, long> _sums = new();

                public void Forward(int partition, ReadOnlySpan<long> rows)
                {
                    using PageBuffer<long> buffer = next.Rent<long>(rows.Length);
                    rows.CopyTo(buffer.Span);
                    next.Send(buffer);
                    _sums[partition] = SumOf(buffer); //~VMS2002
                    log($"partition {partition}: {rows.Length} rows");
                }

                private static long SumOf(PageBuffer<long> buffer)
                {
                    long sum = 0;
                    foreach (long row in buffer.Span) sum += row;
                    return sum;
                }
            }
            """,
        ["FingerprintExtensionAfterDispatch"] = """
            public static class Fingerprints
            {
                public static ulong Fingerprint(this PageBuffer<byte> buffer) => Mix(buffer.Span, 14695981039346656037);

                private static ulong Mix(ReadOnlySpan<byte> data, ulong hash)
                {
                    foreach (byte b in data) hash = (hash ^ b) * 1099511628211;
                    return hash;
                }
            }

            public sealed class Dispatcher
            {
                private readonly SpliceWriter[] _shards;

                public Dispatcher(SpliceWriter[] shards) => _shards = shards;

                public ulong Dispatch(PageBuffer<byte> message, int key)
                {
                    SpliceWriter shard = _shards[(key & int.MaxValue) % _shards.Length];
                    switch (key % 2)
                    {
                        case 0:
                            shard.Send(message, message.Length / 2);
                            break;
                        default:
                            shard.Send(message);
                            break;
                    }

                    return message.Fingerprint(); //~VMS2002
                }
            }
            """,
        ["PictureNumberLoggedAfterSend"] = """
            [Spliceable]
            public sealed partial class Picture
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 640 * 480)] public partial Span<int> Pixels { get; }
            }

            public sealed class Camera(SpliceWriter viewer, Action<long> sent)
            {
                public async Task RunAsync(CancellationToken stop)
                {
                    for (long i = 0; !stop.IsCancellationRequested; i++)
                    {
                        Picture picture = Picture.Rent(viewer);
                        picture.Number = i;
                        picture.Pixels.Fill((int)i);
                        await viewer.SendAsync(picture, stop);
                        sent(picture.Number); //~VMS2002
                    }

                    await viewer.CompleteBuffersAsync(CancellationToken.None);
                }
            }
            """,
        ["SizeMetricReadDuringSendasync"] = """
            public sealed class BlobUploader(SpliceWriter pipe, Action<long> onChecksum)
            {
                public async Task UploadAsync(Stream blob, CancellationToken ct)
                {
                    using PageBuffer<byte> chunk = pipe.Rent<byte>(1 << 20);
                    int read = await blob.ReadAtLeastAsync(chunk.Memory, chunk.Length, throwOnEndOfStream: false, ct);
                    ValueTask sending = pipe.SendAsync(chunk, read, ct);
                    long checksum = 0;
                    foreach (byte b in chunk.Span[..read]) //~VMS2002
                    {
                        checksum += b;
                    }

                    await sending;
                    onChecksum(checksum);
                }
            }
            """,
    };
}
