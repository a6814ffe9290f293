namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Spliceable buffers, and right.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FramesCompletedByHelperInsideUsing"] = """
            [Spliceable]
            public sealed partial class Still
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 512 * 512)] public partial Span<byte> Gray { get; }
            }

            public static class Renderer
            {
                public static int Render(int stills)
                {
                    var start = new ProcessStartInfo("viewer") { RedirectStandardInput = true };
                    using Process viewer = Process.Start(start)!;
                    using (SpliceWriter pipe = SpliceWriter.OpenChildInput(viewer))
                    {
                        for (int number = 0; number < stills; number++)
                        {
                            Still still = Still.Rent(pipe);
                            still.Number = number;
                            still.Gray.Fill((byte)number);
                            pipe.Send(still);
                        }

                        Finish(pipe);
                    }

                    viewer.WaitForExit();
                    return viewer.ExitCode;
                }

                private static void Finish(SpliceWriter pipe) => pipe.CompleteBuffers();
            }
            """,
        ["GenericHelperRentsFillsAndMoves"] = """
            public delegate void Fill<T>(Span<T> items) where T : unmanaged;

            public static class SenderExtensions
            {
                public static void Send<T>(this SpliceWriter pipe, int count, Fill<T> fill) where T : unmanaged, ISpliceable<T>
                {
                    PageBuffer<T> page = pipe.Rent<T>(count);
                    fill(page.Span);
                    pipe.Send(page);
                }
            }

            [Spliceable]
            public partial struct Point { public float X; public float Y; }

            public static class Curve
            {
                public static void Circle(SpliceWriter pipe, int points, float radius)
                    => pipe.Send<Point>(points, span =>
                    {
                        for (int i = 0; i < span.Length; i++)
                        {
                            (float sin, float cos) = MathF.SinCos(i * MathF.Tau / span.Length);
                            span[i] = new Point { X = radius * cos, Y = radius * sin };
                        }
                    });
            }
            """,
        ["InterlockedExchangeTakesFrameOut"] = """
            [Spliceable]
            public sealed partial class Snapshot
            {
                [Segment] public partial ref long Time { get; }
                [Segment(Length = 4096)] public partial Span<long> Counters { get; }
            }

            public sealed class SnapshotPump : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly Timer _timer;
                private Snapshot? _next;

                public SnapshotPump(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _timer = new Timer(_ => Flush(), null, 1000, 1000);
                }

                public void Publish(ReadOnlySpan<long> counters)
                {
                    Snapshot snapshot = Snapshot.Rent(_pipe);
                    snapshot.Time = Environment.TickCount64;
                    counters.CopyTo(snapshot.Counters);
                    Interlocked.Exchange(ref _next, snapshot)?.Dispose();
                }

                private void Flush()
                {
                    Snapshot? snapshot = Interlocked.Exchange(ref _next, null);
                    if (snapshot != null)
                    {
                        _pipe.Send(snapshot);
                    }
                }

                public void Dispose()
                {
                    _timer.Dispose();
                    Interlocked.Exchange(ref _next, null)?.Dispose();
                }
            }
            """,
        ["OptionalFrameNulledAfterSend"] = """
            [Spliceable]
            public sealed partial class Tile
            {
                [Segment] public partial ref int Id { get; }
                [Segment(Length = 256 * 256)] public partial Span<int> Pixels { get; }
            }

            public sealed class TilePainter(SpliceWriter pipe) : IDisposable
            {
                private Tile? _open;

                public void Paint(int id, int offset, int color)
                {
                    if (_open is { } other && other.Id != id)
                    {
                        Close();
                    }

                    _open ??= Start(id);
                    _open.Pixels[offset] = color;
                }

                public void Close()
                {
                    if (_open is { } tile)
                    {
                        _open = null;
                        pipe.Send(tile);
                    }
                }

                private Tile Start(int id)
                {
                    Tile tile = Tile.Rent(pipe);
                    tile.Id = id;
                    return tile;
                }

                public void Dispose()
                {
                    Close();
                    pipe.CompleteBuffers();
                }
            }
            """,
        ["ReceivedFrameChangedAndSentOn"] = """
            [Spliceable]
            public sealed partial class Picture
            {
                [Segment] public partial ref int Hops { get; }
                [Segment(Length = 1024)] public partial Span<int> Pixels { get; }
            }

            public static class Hop
            {
                public static void Pass(SpliceReader input, SpliceWriter output)
                {
                    Picture picture = Picture.Receive(input);
                    picture.Hops++;
                    int first = picture.Pixels[0];
                    output.Send(picture);

                    picture = Picture.Receive(input);
                    picture.Pixels[0] = first;
                    output.Send(picture);
                    output.CompleteBuffers();
                }
            }
            """,
        ["FrameNumberTakenBeforeSend"] = """
            [Spliceable]
            public sealed partial class Request
            {
                [Segment] public partial ref long Id { get; }
                [Segment(MaxLength = 1 << 16)] public partial Span<byte> Body { get; }
            }

            public sealed class Client(SpliceWriter pipe)
            {
                private readonly Dictionary<long, DateTime> _started = [];
                private long _last;

                public long Post(ReadOnlySpan<byte> body)
                {
                    Request request = Request.Rent(pipe);
                    long id = request.Id = ++_last;
                    request.BodyLength = body.Length;
                    body.CopyTo(request.Body);
                    pipe.Send(request);
                    _started[id] = DateTime.UtcNow;
                    request = Request.Rent(pipe);
                    request.Id = ++_last;
                    pipe.Send(request);
                    return id;
                }
            }
            """,
    };
}
