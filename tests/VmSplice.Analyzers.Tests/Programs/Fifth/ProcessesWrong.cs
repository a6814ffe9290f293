namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Processes, results and promises about the reader.</summary>
internal sealed class ProcessesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ErrorNumberReadBehindTheLog"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class LoggedSender(int pipe, TextWriter log)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public void Send(byte* data, nuint length)
                {
                    iovec segment = new() { iov_base = data, iov_len = length };
                    while (segment.iov_len > 0)
                    {
                        nint taken = vmsplice(pipe, &segment, 1, 0);
                        if (taken < 0)
                        {
                            log.WriteLine($"{segment.iov_len} bytes left of {length}");
                            log.Flush();
                            if (Marshal.GetLastPInvokeError() == 4) //~VMS4007
                                continue;
                            throw new IOException("vmsplice");
                        }

                        segment.iov_base = (byte*)segment.iov_base + taken;
                        segment.iov_len -= (nuint)taken;
                    }
                }
            }
            """,
        ["HarnessDirectionSeenFromTheChild"] = """
            public sealed class ChildHarness(string program)
            {
                public int Feed(byte[] question)
                {
                    // The child reads: In.
                    using AnonymousPipeServerStream requests = new(PipeDirection.In, HandleInheritability.Inheritable);
                    using Process child = Process.Start(program, [requests.GetClientHandleAsString()]);
                    requests.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(requests)) //~VMS4004
                    {
                        writer.Write(question);
                    }

                    child.WaitForExit();
                    return child.ExitCode;
                }
            }
            """,
        ["MoveFlagInOwnDeclaration"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public static unsafe class PipeNative
            {
                private const uint SPLICE_F_MOVE = 1;
                private const uint SPLICE_F_NONBLOCK = 2;

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                // What was not taken; the caller keeps the memory until the reader has confirmed it.
                public static nuint Offer(int pipe, byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        iovec segment = new() { iov_base = data, iov_len = length };
                        nint taken = vmsplice(pipe, &segment, 1, SPLICE_F_MOVE | SPLICE_F_NONBLOCK); //~VMS4005
                        if (taken < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            if (error == 11)
                                return length;
                            throw new IOException("vmsplice", error);
                        }

                        data += taken;
                        length -= (nuint)taken;
                    }

                    return 0;
                }
            }
            """,
        ["NonblockingPushGivesUpSilently"] = """
            public sealed unsafe class LossyMirror(SafeHandle pipe)
            {
                public long Calls { get; private set; }

                public void Push(byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        Calls++;
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.NonBlocking); //~VMS4002
                        if (taken <= 0)
                            break;

                        data += taken;
                        length -= (nuint)taken;
                    }
                }
            }
            """,
        ["QuestionWaitsInTheWriter"] = """
            [Spliceable]
            public partial struct Query { public long Key; }

            [Spliceable]
            public partial struct Row { public long Key; public double Value; }

            public static class LookupClient
            {
                public static async Task<double[]> LookUpAsync(ProcessStartInfo worker, long[] keys, CancellationToken cancellation)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using RecordWriter<Query> queries = Query.CreateWriter(link.Writer);
                    using RecordReader<Row> rows = Row.CreateReader(link.Reader);
                    double[] values = new double[keys.Length];
                    for (int i = 0; i < keys.Length; i++)
                    {
                        queries.Write(new Query { Key = keys[i] });
                        ReadOnlyMemory<Row> batch = await rows.ReadBatchAsync(cancellation); //~VMS4009
                        values[i] = batch.IsEmpty ? throw new EndOfStreamException() : batch.Span[0].Value;
                    }

                    await queries.CompleteAsync(cancellation);
                    return values;
                }
            }
            """,
        ["RawTeeOfACopyingPipe"] = """
            public sealed class MirroredPipe : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);

                public MirroredPipe() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Send(ReadOnlySpan<int> values)
                {
                    PageBuffer<int> page = _writer.Rent<int>(values.Length);
                    values.CopyTo(page.Span);
                    _writer.Send(page);
                }

                public nint Mirror(int monitor, nuint most)
                {
                    nint copied = tee((int)_pipe.ReadHandle.DangerousGetHandle(), monitor, most, 0);
                    if (copied < 0)
                        throw new IOException("tee", Marshal.GetLastPInvokeError());
                    return copied;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["SpoolFileOpenedAsPipe"] = """
            public sealed class SpoolSink(string folder)
            {
                private static SafeFileHandle NewFile(string path) => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);

                public void Spool(string job, ReadOnlySpan<byte> bytes)
                {
                    using SpliceWriter spool = SpliceWriter.Open(NewFile(Path.Combine(folder, job))); //~VMS4003
                    spool.Write(bytes);
                }
            }
            """,
        ["TimerTickDropsTheSendTask"] = """
            public sealed class Heartbeat : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly Timer _timer;
                private long _beat;

                public Heartbeat(SpliceWriter pipe, TimeSpan period)
                {
                    _pipe = pipe;
                    _timer = new Timer(static state => ((Heartbeat)state!).Beat(), this, period, period);
                }

                private void Beat()
                {
                    PageBuffer<long> page = _pipe.Rent<long>(1);
                    page[0] = Interlocked.Increment(ref _beat);
                    _pipe.SendAsync(page); //~VMS4001
                }

                public void Dispose() => _timer.Dispose();
            }
            """,
    };
}
