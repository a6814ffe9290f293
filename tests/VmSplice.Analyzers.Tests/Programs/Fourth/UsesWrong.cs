namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers and views that are used after they were sent.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DeferredLogLambdaReadsSentBuffer"] = """
            public sealed class TracedSender(SpliceWriter pipe)
            {
                public void Send(int id, ReadOnlySpan<int> values)
                {
                    using PageBuffer<int> buffer = pipe.Rent<int>(values.Length);
                    values.CopyTo(buffer.Span);
                    Func<string> describe = () => $"job {id}: starts with {buffer[0]}"; //~VMS2002
                    pipe.Send(buffer);
                    Console.Error.WriteLine(describe());
                }
            }
            """,
        ["DigestTakenAfterSend"] = """
            using System.Security.Cryptography;

            public sealed class Archive(SpliceWriter pipe, TextWriter manifest)
            {
                public void Add(string name, ReadOnlySpan<byte> content)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(content.Length);
                    content.CopyTo(page.Span);
                    pipe.Send(page);
                    manifest.WriteLine($"{Convert.ToHexString(SHA256.HashData(page.Span))}  {name}"); //~VMS2002
                }
            }
            """,
        ["FinallyReadsMetricsOfSentBuffer"] = """
            public sealed class MeteredSender(SpliceWriter pipe, Action<string, long> metric)
            {
                public void Send(IReadOnlyList<long> values)
                {
                    PageBuffer<long> buffer = pipe.Rent<long>(values.Count);
                    try
                    {
                        for (int i = 0; i < values.Count; i++)
                        {
                            buffer[i] = values[i];
                        }

                        pipe.Send(buffer);
                    }
                    finally
                    {
                        metric("last", buffer[^1]); //~VMS2002
                        buffer.Dispose();
                    }
                }
            }
            """,
        ["IteratorDisposesBufferEachRound"] = """
            public static class ByteSource
            {
                public static IEnumerable<byte> Bytes(SpliceReader pipe)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(32 * 1024);
                    while (true)
                    {
                        int got = pipe.Read(buffer); //~VMS2002
                        if (got == 0)
                        {
                            yield break;
                        }

                        for (int i = 0; i < got; i++)
                        {
                            yield return buffer[i];
                        }

                        buffer.Dispose();
                    }
                }
            }
            """,
        ["RecordStructJobSentThenRead"] = """
            public readonly record struct Job(int Id, PageBuffer<byte> Data)
            {
                public byte Kind => Data[0];
            }

            public sealed class JobSender(SpliceWriter pipe)
            {
                public byte Ship(int id, ReadOnlySpan<byte> data)
                {
                    var job = new Job(id, pipe.Rent<byte>(data.Length));
                    data.CopyTo(job.Data.Span);
                    pipe.Send(job.Data);
                    return job.Kind; //~VMS2002
                }
            }
            """,
        ["SpanOfUsingBufferReturned"] = """
            public sealed class Fetcher(SpliceReader pipe)
            {
                public ReadOnlySpan<byte> FetchLine()
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(64 * 1024);
                    int got = pipe.Read(buffer);
                    ReadOnlySpan<byte> all = buffer.Span[..got];
                    int end = all.IndexOf((byte)'\n');
                    return end < 0 ? all : all[..end]; //~VMS2002
                }
            }
            """,
        ["SpooledFromBufferWhenReaderLeft"] = """
            public sealed class Forwarder(SpliceWriter pipe, Stream spool)
            {
                public void Deliver(PageBuffer<byte> buffer)
                {
                    bool delivered = false;
                    try
                    {
                        pipe.Send(buffer);
                        delivered = true;
                    }
                    catch (BrokenPipeException)
                    {
                        Console.Error.WriteLine("the reader left");
                    }

                    if (!delivered)
                    {
                        spool.Write(buffer.Span); //~VMS2002
                    }
                }
            }
            """,
        ["TwoDeepHelperSendsThenCount"] = """
            public sealed class Dispatcher(SpliceWriter pipe)
            {
                private long _zeros;

                public void Dispatch(int[] values)
                {
                    PageBuffer<int> batch = pipe.Rent<int>(values.Length);
                    values.CopyTo(batch.Span);
                    Deliver(batch, urgent: values.Length < 16);
                    _zeros += CountZeros(batch); //~VMS2002
                }

                private void Deliver(PageBuffer<int> batch, bool urgent)
                {
                    if (urgent)
                    {
                        Push(batch);
                        return;
                    }

                    Thread.Yield();
                    Push(batch);
                }

                private void Push(PageBuffer<int> batch) => pipe.Send(batch);

                private static int CountZeros(PageBuffer<int> batch) => batch.Span.Count(0);
            }
            """,
        ["CrcLoggedAfterSend"] = """
            public static class Crc
            {
                public static int Of(ReadOnlySpan<byte> bytes)
                {
                    int crc = 17;
                    foreach (byte b in bytes)
                    {
                        crc = crc * 31 + b;
                    }

                    return crc;
                }
            }

            public sealed class Uploader(SpliceWriter pipe)
            {
                public event Action<int, int>? Sent;

                public void Upload(byte[] file)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(file.Length);
                    file.AsSpan().CopyTo(buffer.Span);
                    pipe.Send(buffer, file.Length);
                    Sent?.Invoke(file.Length, Crc.Of(buffer.Span)); //~VMS2002
                }
            }
            """,
        ["FrameNumberReadAfterSendAsKey"] = """
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

                public void Post(ReadOnlySpan<byte> body)
                {
                    Request request = Request.Rent(pipe);
                    request.Id = ++_last;
                    request.BodyLength = body.Length;
                    body.CopyTo(request.Body);
                    pipe.Send(request);
                    _started[request.Id] = DateTime.UtcNow; //~VMS2002
                }
            }
            """,
    };
}
