namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers that are handed over twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MessageGather"] = """
            // RPC: envelope, body and the envelope again as a trailer, in one piece.
            public static class MessageGather
            {
                public static void Send(SpliceWriter pipe, int method, ReadOnlySpan<byte> argument)
                {
                    using PageBuffer<int> envelope = pipe.Rent<int>(4);
                    using PageBuffer<byte> body = pipe.Rent<byte>(Math.Max(1, argument.Length));
                    envelope[0] = method;
                    envelope[1] = argument.Length;
                    argument.CopyTo(body.Span);

                    using SpliceGather gather = pipe.CreateGather();
                    gather.Add(envelope);
                    gather.Add(body);
                    gather.Add(envelope); //~VMS2008
                    gather.Send();
                }
            }
            """,
        ["MirrorJob"] = """
            // Storage: a block goes to the primary, and to the mirror where the job wants one.
            public sealed record BlockJob(long Lba, PageBuffer<byte> Body, bool Mirror);

            public sealed class MirrorJob(SpliceWriter primary, SpliceWriter mirror)
            {
                private long _written;

                public void Run(BlockJob job)
                {
                    if (job is not { Lba: >= 0, Body: { Length: > 0 } body })
                    {
                        job.Body.Dispose();
                        return;
                    }

                    int length = body.Length;
                    primary.Send(body);
                    Interlocked.Add(ref _written, length);
                    if (job.Mirror)
                    {
                        mirror.Send(job.Body); //~VMS2008
                    }
                }
            }
            """,
    };
}
