namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Results that are ignored or not counted.</summary>
internal sealed class ResultsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OwnDeclarationOnlyAsksForMinusOne"] = """
            public unsafe struct IoVector { public void* Base; public nuint Length; }

            public static unsafe partial class Native
            {
                [LibraryImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static partial nint SpliceMemory(int descriptor, IoVector* segments, nuint count, uint flags);

                public static void Push(int descriptor, void* start, nuint length)
                {
                    var segment = new IoVector { Base = start, Length = length };
                    nint result;
                    do
                    {
                        result = SpliceMemory(descriptor, &segment, 1, 0); //~VMS4002
                    }
                    while (result == -1 && Marshal.GetLastPInvokeError() == 4);

                    if (result == -1)
                    {
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
                    }
                }
            }
            """,
        ["RawSendInForeachResultDropped"] = """
            public sealed class FrameRelay(SplicePipe pipe, IReadOnlyDictionary<int, FrozenPages<byte>> frames)
            {
                public int Replay(IEnumerable<int> order)
                {
                    int count = 0;
                    foreach (int id in order)
                    {
                        if (frames.TryGetValue(id, out FrozenPages<byte>? frame))
                        {
                            RawPipe.VmSplice(pipe.WriteHandle, new IoVec(frame.Address, (nuint)frame.Length), SpliceFlags.None); //~VMS4001
                            count++;
                        }
                    }

                    return count;
                }
            }
            """,
        ["TimerCallbackDropsSendTask"] = """
            public sealed class Telemetry : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly Timer _timer;
                private long _ticks;

                public Telemetry(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _timer = new Timer(OnTick, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
                }

                private void OnTick(object? state)
                {
                    PageBuffer<long> page = _pipe.Rent<long>(1024);
                    page.Span.Fill(Interlocked.Increment(ref _ticks));
                    _pipe.SendAsync(page); //~VMS4001
                }

                public void Dispose() => _timer.Dispose();
            }
            """,
        ["FlushAsyncFiredFromSyncMethod"] = """
            [Spliceable]
            public partial struct Click { public long Time; public int X; public int Y; }

            public sealed class ClickLog
            {
                private readonly RecordWriter<Click> _clicks;
                private int _pending;

                public ClickLog(RecordWriter<Click> clicks) => _clicks = clicks;

                public void OnClick(object? sender, (int X, int Y) at)
                {
                    ref Click click = ref _clicks.Next();
                    click.Time = Environment.TickCount64;
                    click.X = at.X;
                    click.Y = at.Y;
                    if (++_pending >= 100)
                    {
                        _pending = 0;
                        _clicks.FlushAsync(); //~VMS4001
                    }
                }

                public void Close() => _clicks.Complete();
            }
            """,
        ["RestLoopBreaksOnNothingTaken"] = """
            public static unsafe class RestLoop
            {
                public static void Send(SafeHandle pipe, byte* data, long length)
                {
                    long left = length;
                    byte* at = data;
                    while (left > 0)
                    {
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(at, (nuint)left), SpliceFlags.NonBlocking); //~VMS4002
                        if (taken <= 0)
                        {
                            break;
                        }

                        at += taken;
                        left -= taken;
                    }
                }
            }
            """,
        ["SendAsyncDroppedInLambda"] = """
            public sealed class Fan(IReadOnlyList<SpliceWriter> outputs)
            {
                public void Publish(byte[] message)
                {
                    Each(output =>
                    {
                        PageBuffer<byte> buffer = output.Rent<byte>(message.Length);
                        message.CopyTo(buffer.Span);
                        output.SendAsync(buffer); //~VMS4001
                    });
                }

                private void Each(Action<SpliceWriter> action)
                {
                    foreach (SpliceWriter output in outputs)
                    {
                        action(output);
                    }
                }
            }
            """,
    };
}
