namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>The raw call: its segments, its result, its flags, its descriptor.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ScanlineCapture"] = """
            // Video: the visible part of each line of a surface, in one call.
            public static class ScanlineCapture
            {
                private const int Lines = 1080;
                private const int Visible = 1920 * 4;

                public static void Send(SafeHandle encoder, nint surface, int pitch)
                {
                    IoVec[] lines = new IoVec[Lines];
                    for (int y = 0; y < lines.Length; y++)
                    {
                        lines[y] = new IoVec(surface + (y * pitch), Visible);
                    }

                    nint sent = RawPipe.VmSplice(encoder, lines); //~VMS3003
                    if (sent != Lines * Visible)
                    {
                        throw new IOException($"the encoder took {sent} bytes");
                    }
                }
            }
            """,
        ["SpoolFile"] = """
            // Printing: a job is spooled while the printer is busy.
            public sealed class SpoolFile : IDisposable
            {
                private readonly SpliceWriter _spool;

                public SpoolFile(bool printerIsBusy, string printer)
                {
                    if (printerIsBusy)
                    {
                        SafeFileHandle handle = OpenSpool();
                        _spool = SpliceWriter.Open(handle); //~VMS4003
                    }
                    else
                    {
                        _spool = SpliceWriter.OpenFifo(printer);
                    }
                }

                public void Print(ReadOnlySpan<byte> page) => _spool.Write(page);

                public void Dispose() => _spool.Dispose();

                private static SafeFileHandle OpenSpool() => File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.Write);
            }
            """,
        ["TapRecorder"] = """
            // Audio: what plays is recorded as well, by tee(2).
            public sealed class TapRecorder : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _player;

                public TapRecorder()
                    => _player = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Play(ReadOnlySpan<float> samples)
                {
                    PageBuffer<float> block = _player.Rent<float>(samples.Length);
                    samples.CopyTo(block.Span);
                    _player.Send(block);
                }

                public nint Record(int tapDescriptor, int atMost)
                {
                    int source = (int)_pipe.ReadHandle.DangerousGetHandle();
                    return tee(source, tapDescriptor, (nuint)atMost, 0);
                }

                public void Dispose()
                {
                    _player.Dispose();
                    _pipe.Dispose();
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);
            }
            """,
        ["TickTimer"] = """
            using System.Timers;

            // Trading: ticks are gathered and flushed ten times a second.
            [Spliceable]
            public partial struct TimedTick { public long Time; public double Price; }

            public sealed class TickTimer : IDisposable
            {
                private readonly RecordWriter<TimedTick> _ticks;
                private readonly System.Timers.Timer _timer = new(100);

                public TickTimer(RecordWriter<TimedTick> ticks)
                {
                    _ticks = ticks;
                    _timer.Elapsed += OnElapsed;
                    _timer.Start();
                }

                private void OnElapsed(object? sender, ElapsedEventArgs e)
                {
                    lock (_timer)
                    {
                        if (_ticks.RecordsWritten > 0)
                        {
                            _ticks.FlushAsync(); //~VMS4001
                        }
                    }
                }

                public void Dispose()
                {
                    _timer.Dispose();
                    _ticks.Complete();
                    _ticks.Dispose();
                }
            }
            """,
        ["UrgentFlags"] = """
            // Telemetry: one page at a time, with a hint whether another one follows.
            public static unsafe class UrgentFlags
            {
                public static bool SendAll(SafeHandle pipe, byte* pages, int count, bool wait)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    for (int i = 0; i < count; i++)
                    {
                        bool last = i == count - 1;
                        byte* at = pages + ((nuint)i * page);
                        nint sent = wait
                            ? RawPipe.VmSplice(pipe, new IoVec(at, page), last ? SpliceFlags.None : SpliceFlags.More) //~VMS4005
                            : RawPipe.VmSplice(pipe, new IoVec(at, page), SpliceFlags.NonBlocking);
                        if (sent != (nint)page)
                        {
                            return false;
                        }
                    }

                    return true;
                }
            }
            """,
    };
}
