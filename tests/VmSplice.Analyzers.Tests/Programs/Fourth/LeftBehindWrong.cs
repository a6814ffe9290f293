namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers and writers that are left behind.</summary>
internal sealed class LeftBehindWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ContinueSkipsDisposeOfRentedPage"] = """
            public static class Concatenator
            {
                public static void SendAll(SpliceWriter pipe, IEnumerable<FileInfo> files)
                {
                    foreach (FileInfo file in files)
                    {
                        using FileStream stream = file.OpenRead();
                        PageBuffer<byte> page = pipe.Rent<byte>(128 * 1024); //~VMS2013
                        int got = stream.ReadAtLeast(page.Span, page.Length, throwOnEndOfStream: false);
                        if (got == 0)
                        {
                            continue;
                        }

                        pipe.Send(page, got);
                    }
                }
            }
            """,
        ["FrameDroppedWhenGrabberHasNone"] = """
            [Spliceable]
            public sealed partial class Grab
            {
                [Segment(Length = 320 * 240)] public partial Span<ushort> Depth { get; }
            }

            public abstract class DepthSensor
            {
                protected abstract bool TryGrab(Span<ushort> depth);

                public bool SendNext(SpliceWriter pipe)
                {
                    Grab grab = Grab.Rent(pipe); //~VMS2013
                    if (!TryGrab(grab.Depth))
                    {
                        return false;
                    }

                    pipe.Send(grab);
                    return true;
                }
            }
            """,
        ["GrownBufferForgetsTheSmallOne"] = """
            public static class Growing
            {
                public static void SendText(SpliceWriter pipe, TextReader reader)
                {
                    PageBuffer<char> room = pipe.Rent<char>(4096); //~VMS2013
                    int used = 0;
                    int got;
                    while ((got = reader.Read(room.Span[used..])) > 0)
                    {
                        used += got;
                        if (used == room.Length)
                        {
                            PageBuffer<char> larger = pipe.Rent<char>(2 * used); //~VMS2013
                            room.Span.CopyTo(larger.Span);
                            room = larger;
                        }
                    }

                    pipe.Send(room, used);
                }
            }
            """,
        ["BufferLeftByContinue"] = """
            public static class Chunks
            {
                public static int SendAll(SpliceWriter pipe, IEnumerable<byte[]> chunks)
                {
                    int sent = 0;
                    foreach (byte[] chunk in chunks)
                    {
                        PageBuffer<byte> buffer = pipe.Rent<byte>(64 * 1024); //~VMS2013
                        if (chunk.Length > buffer.Length)
                        {
                            Console.Error.WriteLine($"too long: {chunk.Length}");
                            continue;
                        }

                        chunk.CopyTo(buffer.Span);
                        pipe.Send(buffer, chunk.Length);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["BufferSentInOneSwitchArmOnly"] = """
            public enum Verdict { Keep, Drop, Log }

            public static class Filter
            {
                public static void Handle(SpliceWriter pipe, Func<ReadOnlySpan<byte>, Verdict> judge, ReadOnlySpan<byte> packet)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(packet.Length); //~VMS2013
                    packet.CopyTo(buffer.Span);
                    switch (judge(buffer.Span))
                    {
                        case Verdict.Keep:
                            pipe.Send(buffer);
                            break;
                        case Verdict.Log:
                            Console.WriteLine($"{packet.Length} bytes");
                            break;
                        case Verdict.Drop:
                            buffer.Dispose();
                            break;
                    }
                }
            }
            """,
        ["ServiceFieldWriterNeverEnded"] = """
            [Spliceable]
            public partial struct Usage { public long Time; public double Cpu; }

            public sealed class UsageService
            {
                private readonly RecordWriter<Usage> _usage; //~VMS2013
                private readonly CancellationTokenSource _stop = new();
                private Task _loop = Task.CompletedTask;

                public UsageService(SpliceWriter pipe)
                {
                    _usage = Usage.CreateWriter(pipe);
                }

                public void Start() => _loop = RunAsync(_stop.Token);

                public async Task StopAsync()
                {
                    _stop.Cancel();
                    await _loop;
                }

                private async Task RunAsync(CancellationToken stopping)
                {
                    for (long i = 0; !stopping.IsCancellationRequested; i++)
                    {
                        _usage.Next().Time = i;
                        await _usage.FlushAsync(CancellationToken.None);
                        await Task.Delay(1000, CancellationToken.None);
                    }
                }
            }
            """,
        ["WriterFromFactoryLeftOpen"] = """
            [Spliceable]
            public partial struct Alarm { public long Time; public int Code; public int Severity; }

            public sealed class AlarmChannel(string path)
            {
                public void Raise(int code)
                {
                    RecordWriter<Alarm> alarms = OpenAlarms(); //~VMS2013
                    ref Alarm alarm = ref alarms.Next();
                    alarm.Time = DateTime.UtcNow.Ticks;
                    alarm.Code = code;
                    alarm.Severity = code >= 500 ? 2 : 1;
                }

                private RecordWriter<Alarm> OpenAlarms()
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(path);
                    return Alarm.CreateWriter(pipe);
                }
            }
            """,
    };
}
