namespace VmSplice.Tests.Forwarding;

/// <summary>A pipe into which the pattern is sent from another thread, moved, gifted and written in turn.</summary>
internal sealed class Source : IDisposable
{
    private const int Chunk = 200_000;
    private readonly SplicePipe _pipe;
    private readonly Background _sender;

    internal Source(long length, PipeReaderKind reader, int capacity = 0)
    {
        _pipe = capacity == 0 ? SplicePipe.Create() : PipeSetup.OfCapacity(capacity);

        // Both ways of forwarding are tested by the one who sends: by reference, and by copy.
        PipeSenderKind sender = reader == PipeReaderKind.Unknown ? PipeSenderKind.Immutable : PipeSenderKind.Unknown;
        Reader = _pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1, Sender = sender });
        SpliceWriter writer = _pipe.OpenWriter(PipeSetup.KeepWriterCapacity(reader));
        _sender = Background.Run(() =>
        {
            using (writer)
            {
                Send(writer, length);
            }
        });
    }

    internal SpliceReader Reader { get; }

    internal void Join() => _sender.Join();

    public void Dispose()
    {
        Reader.Dispose();
        _pipe.Dispose();
    }

    private static void Send(SpliceWriter writer, long length)
    {
        int round = 0;
        for (long position = 0; position < length; round++)
        {
            int bytes = (int)Math.Min(length - position, round % 3 == 2 ? 777 : Chunk);
            PageBuffer<byte> buffer = writer.Rent<byte>(bytes);
            StreamPattern.Fill(buffer.Span, position);
            writer.Send(buffer);
            position += bytes;
        }
    }
}
