namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers, and right.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchOutbox"] = """
            // Messaging: a list of buffers goes in one piece, and is emptied behind it.
            public sealed class BatchOutbox(SpliceWriter wire)
            {
                private int _batches;

                public int Post(IEnumerable<string> messages, int atOnce)
                {
                    List<PageBuffer<char>> waiting = [];
                    foreach (string message in messages)
                    {
                        if (message.Length == 0)
                        {
                            continue;
                        }

                        PageBuffer<char> buffer = wire.Rent<char>(message.Length);
                        message.AsSpan().CopyTo(buffer.Span);
                        waiting.Add(buffer);
                        if (waiting.Count == atOnce)
                        {
                            wire.SendAll(waiting.ToArray());
                            waiting.Clear();
                            _batches++;
                        }
                    }

                    foreach (PageBuffer<char> rest in waiting)
                    {
                        wire.Send(rest);
                    }

                    waiting.Clear();
                    return _batches;
                }
            }
            """,
        ["CheckedRelay"] = """
            // Networks: where the relay fails, only a buffer that is still ours is marked and sent elsewhere.
            public sealed class CheckedRelay(SpliceWriter output, SpliceWriter errors)
            {
                private long _bytes;

                public void Relay(ReadOnlySpan<byte> packet)
                {
                    using PageBuffer<byte> copy = output.Rent<byte>(packet.Length + 1);
                    packet.CopyTo(copy.Span[1..]);
                    try
                    {
                        if (packet.Length < 20 || packet[0] >> 4 != 4)
                        {
                            throw new FormatException("no packet of version 4");
                        }

                        output.Send(copy);
                        _bytes = checked(_bytes + packet.Length);
                    }
                    catch (FormatException)
                    {
                        if (copy.State == PageBufferState.Owned)
                        {
                            copy.Span[0] = 0xFF;
                            errors.Send(copy);
                        }
                    }
                }
            }
            """,
        ["CheckpointHolder"] = """
            // Simulation: the holder never keeps a buffer that was sent.
            public sealed class CheckpointHolder(SpliceWriter disk) : IDisposable
            {
                private PageBuffer<double> _state;

                public void Begin(int length)
                {
                    _state.Dispose();
                    _state = disk.Rent<double>(length);
                }

                public bool TryShip(ref PageBuffer<double> other)
                {
                    if (_state.Length == 0)
                    {
                        return false;
                    }

                    if (other.Length != 0)
                    {
                        other[0] = 1;
                        disk.Send(other);
                        other = default;
                    }

                    disk.Send(_state);
                    _state = default;
                    return true;
                }

                public void Dispose() => _state.Dispose();
            }
            """,
        ["DedupStore"] = """
            // Backup: `using` gives back the chunk on each way on that does not send it.
            public static class DedupStore
            {
                public static (int Sent, int Known) Run(SpliceWriter store, Stream file, ISet<int> known, int chunkLength)
                {
                    int sent = 0, skipped = 0;
                    while (true)
                    {
                        using PageBuffer<byte> chunk = store.Rent<byte>(chunkLength);
                        int got = file.ReadAtLeast(chunk.Span, chunkLength, throwOnEndOfStream: false);
                        if (got == 0)
                        {
                            return (sent, skipped);
                        }

                        HashCode hash = new();
                        hash.AddBytes(chunk.Span[..got]);
                        if (!known.Add(hash.ToHashCode()))
                        {
                            skipped++;
                            continue;
                        }

                        store.Send(chunk, got);
                        sent++;
                    }
                }
            }
            """,
        ["DoubleBuffer"] = """
            // Video: two buffers take turns, and the one that was sent is replaced.
            public static class DoubleBuffer
            {
                public static void Render(SpliceWriter screen, int frames, Func<int, int> color)
                {
                    PageBuffer<int> front = screen.Rent<int>(640 * 480);
                    PageBuffer<int> back = screen.Rent<int>(640 * 480);
                    try
                    {
                        for (int i = 0; i < frames; i++)
                        {
                            back.Span.Fill(color(i));
                            (front, back) = (back, front);
                            screen.Send(front);
                            front = screen.Rent<int>(640 * 480);
                        }
                    }
                    finally
                    {
                        front.Dispose();
                        back.Dispose();
                    }
                }
            }
            """,
        ["FlaggedDelivery"] = """
            // ETL: a flag that is set beside the hand-over says whether the buffer is still ours.
            public sealed class FlaggedDelivery(SpliceWriter live, SpliceWriter parked)
            {
                public int Parked { get; private set; }

                public void Deliver(PageBuffer<long> change, bool open, int window)
                {
                    bool delivered = false;
                    if (open)
                    {
                        if (window > 0)
                        {
                            change.Span[0] = window;
                            live.Send(change);
                            delivered = true;
                        }
                    }

                    if (!delivered)
                    {
                        change.Span[0] = -1;
                        parked.Send(change);
                        Parked++;
                    }
                }
            }
            """,
        ["HeatSolver"] = """
            // Science: heat in a plate. Each step is computed from the one before, which is kept in arrays of our own.
            public static class HeatSolver
            {
                private const int Side = 256;

                public static void Run(SpliceWriter monitor, int steps)
                {
                    double[] now = new double[Side * Side];
                    double[] next = new double[Side * Side];
                    now[(Side / 2 * Side) + (Side / 2)] = 100;
                    for (int step = 0; step < steps; step++)
                    {
                        Relax(now, next);
                        (now, next) = (next, now);
                        if (step % 10 != 0)
                        {
                            continue;
                        }

                        PageBuffer<double> picture = monitor.Rent<double>(now.Length);
                        now.CopyTo(picture.Span);
                        monitor.Send(picture);
                        now[0] = 0;
                    }
                }

                private static void Relax(ReadOnlySpan<double> now, Span<double> next)
                {
                    for (int y = 1; y < Side - 1; y++)
                    {
                        for (int x = 1; x < Side - 1; x++)
                        {
                            int at = (y * Side) + x;
                            next[at] = 0.25 * (now[at - 1] + now[at + 1] + now[at - Side] + now[at + Side]);
                        }
                    }
                }
            }
            """,
    };
}
