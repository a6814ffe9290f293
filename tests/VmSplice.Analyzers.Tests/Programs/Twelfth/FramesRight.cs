namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers with segments, used as they should be.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LatestFrameSlot"] = """
            namespace Camera.Mailbox;

            [Spliceable]
            public sealed partial class Frame
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 320 * 240)] public partial Span<byte> Luma { get; }
            }

            // A slot for the newest frame: what was not sent in time is replaced.
            public sealed class LatestFrame(SpliceWriter viewer) : IDisposable
            {
                private Frame? _latest;
                private int _dropped;

                public int Dropped => Volatile.Read(ref _dropped);

                public void Publish(long number, ReadOnlySpan<byte> luma)
                {
                    Frame frame = Frame.Rent(viewer);
                    frame.Number = number;
                    luma.CopyTo(frame.Luma);
                    Frame? replaced = Interlocked.Exchange(ref _latest, frame);
                    if (replaced is not null)
                    {
                        Interlocked.Increment(ref _dropped);
                        replaced.Dispose();
                    }
                }

                public bool TrySend()
                {
                    Frame? frame = Interlocked.Exchange(ref _latest, null);
                    if (frame is null)
                    {
                        return false;
                    }

                    viewer.Send(frame);
                    return true;
                }

                public void Dispose() => Interlocked.Exchange(ref _latest, null)?.Dispose();
            }
            """,
    };
}
