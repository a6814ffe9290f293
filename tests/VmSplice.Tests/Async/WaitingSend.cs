namespace VmSplice.Tests.Async;

/// <summary>A writer on a pipe that takes little, and sends on it that must wait.</summary>
internal sealed class WaitingSend : IDisposable
{
    internal const int Capacity = 65_536;

    /// <summary>More than the pipe takes.</summary>
    internal const int Length = 1_000_003;

    internal WaitingSend(PipeReaderKind kind = PipeReaderKind.Unknown)
    {
        Pipe = PipeSetup.OfCapacity(Capacity);
        Writer = Pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
        Reader = Pipe.OpenReader(PipeSetup.KeepReaderCapacity);
    }

    internal SplicePipe Pipe { get; }

    internal SpliceWriter Writer { get; }

    internal SpliceReader Reader { get; }

    /// <summary>Fills the pipe to the last byte, so that the next send is accepted no part of.</summary>
    internal void Fill() => Writer.Write(StreamPattern.Take(0, Capacity));

    internal PageBuffer<byte> Filled(int length, long position)
    {
        PageBuffer<byte> buffer = Writer.Rent<byte>(length);
        StreamPattern.Fill(buffer.Span, position);
        return buffer;
    }

    /// <summary>Reads until so many bytes arrived, and compares them with the pattern.</summary>
    internal void AssertArrives(long position, int length)
    {
        byte[] arrived = new byte[length];
        Reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, position));
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
    }
}
