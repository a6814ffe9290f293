namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Page buffers, and right.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConsumesOnEveryPath"] = """
            public interface IOutlet
            {
                void Ship([Consumes] PageBuffer<byte> buffer, int length);
            }

            public sealed class PipeOutlet(SpliceWriter pipe) : IOutlet
            {
                private bool _closed;

                public void Close() => _closed = true;

                public void Ship([Consumes] PageBuffer<byte> buffer, int length)
                {
                    ArgumentOutOfRangeException.ThrowIfNegative(length);
                    using (buffer)
                    {
                        if (_closed || length == 0)
                        {
                            return;
                        }

                        pipe.Send(buffer, Math.Min(length, buffer.Length));
                    }
                }
            }
            """,
        ["RecordStructViewPatchedBeforeSend"] = """
            using System.Buffers.Binary;

            public readonly record struct FrameView(Memory<byte> Header, Memory<byte> Body);

            public sealed class Framer(SpliceWriter pipe)
            {
                private int _number;

                public int Send(ReadOnlySpan<byte> body)
                {
                    using PageBuffer<byte> buffer = pipe.Rent<byte>(16 + body.Length);
                    var view = new FrameView(buffer.Memory[..16], buffer.Memory[16..]);
                    body.CopyTo(view.Body.Span);
                    BinaryPrimitives.WriteInt32LittleEndian(view.Header.Span, ++_number);
                    int length = view.Header.Length + view.Body.Length;
                    pipe.Send(buffer);
                    view = default;
                    return length + view.Body.Length;
                }
            }
            """,
        ["TextEncodedAndOnlyItsLengthReturned"] = """
            using System.Text;

            public sealed class Echo(SpliceWriter pipe)
            {
                public bool TrySay(string text, out int bytes, out byte[] sent)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(Encoding.UTF8.GetMaxByteCount(text.Length));
                    Span<byte> utf8 = buffer.Span;
                    if (!Encoding.UTF8.TryGetBytes(text, utf8, out bytes) || bytes == 0)
                    {
                        sent = [];
                        buffer.Dispose();
                        return false;
                    }

                    sent = utf8[..bytes].ToArray();
                    pipe.Send(buffer, bytes);
                    return true;
                }
            }
            """,
    };
}
