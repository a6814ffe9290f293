namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Processes, results and promises about the reader.</summary>
internal sealed class MoreProcessesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GeocoderAwaitsRepliesOfUnflushedRequests"] = """
            [Spliceable]
            public partial struct Place { public double Latitude; public double Longitude; }

            [Spliceable]
            public partial struct Zone { public long Id; public long Country; }

            public sealed class Geocoder(Func<SpliceLink> connect)
            {
                public async Task<List<long>> CodeAsync(Place[] places, CancellationToken cancellation)
                {
                    using SpliceLink link = connect();
                    await using RecordWriter<Place> requests = Place.CreateWriter(link.Writer);
                    using RecordReader<Zone> replies = Zone.CreateReader(link.Reader);
                    await requests.WriteAsync(places, cancellation);
                    List<long> zones = new(places.Length);
                    while (zones.Count < places.Length)
                    {
                        ReadOnlyMemory<Zone> batch = await replies.ReadBatchAsync(cancellation); //~VMS4009
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        foreach (Zone zone in batch.Span)
                        {
                            zones.Add(zone.Id);
                        }
                    }

                    await requests.CompleteAsync(cancellation);
                    return zones;
                }
            }
            """,
        ["HubDispatchesSendWithoutAwait"] = """
            public sealed class Hub
            {
                private readonly Dictionary<string, SpliceWriter> _clients = [];

                public void Join(string name, SpliceWriter client) => _clients[name] = client;

                public int Broadcast(ReadOnlySpan<byte> message)
                {
                    int reached = 0;
                    foreach ((_, SpliceWriter client) in _clients)
                    {
                        PageBuffer<byte> copy = client.Rent<byte>(message.Length);
                        message.CopyTo(copy.Span);
                        client.SendAsync(copy); //~VMS4001
                        reached++;
                    }

                    return reached;
                }
            }
            """,
        ["ObserverDropsTaskOfWrite"] = """
            [Spliceable]
            public partial struct Beat { public long Host; public long Time; }

            public sealed class BeatForwarder(RecordWriter<Beat> beats) : IObserver<Beat[]>
            {
                public Exception? Failure { get; private set; }

                public void OnNext(Beat[] value) => beats.WriteAsync(value); //~VMS4001

                public void OnError(Exception error) => Failure = error;

                public void OnCompleted() => beats.Complete();
            }
            """,
        ["SearchClientReadsHitsBeforeFlush"] = """
            [Spliceable]
            public partial struct Term { public long Hash; public long Weight; }

            [Spliceable]
            public partial struct Hit { public long Document; public double Score; }

            public static class SearchClient
            {
                public static Hit? Best(ProcessStartInfo start, ReadOnlySpan<string> words)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    using RecordWriter<Term> terms = Term.CreateWriter(link.Writer);
                    using RecordReader<Hit> hits = Hit.CreateReader(link.Reader);
                    Span<Term> slots = terms.GetSpan(words.Length);
                    for (int i = 0; i < words.Length; i++)
                    {
                        slots[i] = new Term { Hash = words[i].GetHashCode(), Weight = words[i].Length };
                    }

                    terms.Advance(words.Length);
                    Hit? best = null;
                    foreach (Hit hit in hits.ReadBatch()) //~VMS4009
                    {
                        best = best is { } other && other.Score >= hit.Score ? best : hit;
                    }

                    terms.Complete();
                    return best;
                }
            }
            """,
    };
}
