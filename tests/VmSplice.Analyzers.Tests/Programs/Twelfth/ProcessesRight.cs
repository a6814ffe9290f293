namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Pipes between processes.</summary>
internal sealed class ProcessesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FeedOfChild"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            namespace Workers.Feeding;

            public sealed class ChildFeed : IDisposable
            {
                private readonly SpliceWriter _writer;
                private readonly Process _child;

                public ChildFeed(string program)
                {
                    var feed = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
                    _child = Process.Start(new ProcessStartInfo(program, ["--input", feed.GetClientHandleAsString()]) { UseShellExecute = false })!;
                    feed.DisposeLocalCopyOfClientHandle();
                    _writer = SpliceWriter.Open(feed);
                }

                public void Send(ReadOnlySpan<byte> work)
                {
                    using PageBuffer<byte> buffer = _writer.Rent<byte>(work.Length);
                    work.CopyTo(buffer.Span);
                    _writer.Send(buffer);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _child.Dispose();
                }
            }
            """,
        ["FlushBeforeAnswer"] = """
            using System.Diagnostics;

            namespace Geo.Lookup;

            [Spliceable]
            public partial struct Place { public double Latitude; public double Longitude; }

            [Spliceable]
            public partial struct Region { public long Code; public double Distance; }

            public static class RegionLookup
            {
                public static List<long> Resolve(string worker, IReadOnlyList<(double Latitude, double Longitude)> places)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo(worker));
                    using RecordWriter<Place> questions = Place.CreateWriter(link.Writer);
                    using RecordReader<Region> answers = Region.CreateReader(link.Reader);
                    List<long> codes = [];
                    foreach ((double latitude, double longitude) in places)
                    {
                        ref Place place = ref questions.Next();
                        place.Latitude = latitude;
                        place.Longitude = longitude;
                        questions.Flush();
                        ReadOnlySpan<Region> answer = answers.ReadBatch();
                        if (answer.IsEmpty)
                        {
                            throw new EndOfStreamException("The worker left.");
                        }

                        codes.Add(answer[0].Code);
                    }

                    questions.Complete();
                    return codes;
                }
            }
            """,
    };
}
