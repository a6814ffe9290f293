namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Stores to memory that was sent.</summary>
internal sealed class MoreWritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HeaderFilledWhileSendAsyncRuns"] = """
            public sealed class Snapshotter
            {
                public static async Task SendAsync(SpliceWriter pipe, long[] values, CancellationToken cancellation)
                {
                    using PageBuffer<long> buffer = pipe.Rent<long>(values.Length + 1);
                    Memory<long> body = buffer.Memory[1..];
                    Memory<long> head = buffer.Memory[..1];
                    values.CopyTo(body);
                    ValueTask sending = pipe.SendAsync(buffer, cancellation);
                    long sum = 0;
                    foreach (long value in values)
                    {
                        sum += value;
                    }

                    head.Span[0] = sum; //~VMS2001
                    await sending;
                }
            }
            """,
        ["LocalFunctionStampsAfterGift"] = """
            public static class Stamped
            {
                public static void Send(SpliceWriter pipe, ReadOnlySpan<long> values)
                {
                    int page = Environment.SystemPageSize / sizeof(long);
                    PageBuffer<long> buffer = pipe.Rent<long>(page);
                    values[..Math.Min(values.Length, page - 1)].CopyTo(buffer.Span[1..]);
                    Stamp(0);
                    pipe.Gift(buffer);
                    Stamp(1);

                    void Stamp(int state) => buffer.Span[0] = DateTime.UtcNow.Ticks + state; //~VMS2001
                }
            }
            """,
        ["RecordStructViewPatchedAfterSend"] = """
            using System.Buffers.Binary;

            public readonly record struct FrameView(Memory<byte> Header, Memory<byte> Body);

            public sealed class Framer(SpliceWriter pipe)
            {
                private int _number;

                public void Send(ReadOnlySpan<byte> body)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(16 + body.Length);
                    var view = new FrameView(buffer.Memory[..16], buffer.Memory[16..]);
                    body.CopyTo(view.Body.Span);
                    pipe.Send(buffer);
                    BinaryPrimitives.WriteInt32LittleEndian(view.Header.Span, ++_number); //~VMS2001
                }
            }
            """,
    };
}
