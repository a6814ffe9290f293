namespace VmSplice.Bridges;

/// <summary>What a stream over one end of a pipe cannot do.</summary>
internal abstract class ForwardOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw NoPosition();

    public override long Position
    {
        get => throw NoPosition();
        set => throw NoPosition();
    }

    /// <summary>Nothing is held back.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count)
        => throw new NotSupportedException("This is the sending end of a pipe; read from its receiving end.");

    public override void Write(byte[] buffer, int offset, int count)
        => throw new NotSupportedException("This is the receiving end of a pipe; write to its sending end.");

    public override long Seek(long offset, SeekOrigin origin) => throw NoPosition();

    public override void SetLength(long value) => throw NoPosition();

    private static NotSupportedException NoPosition() => new("A pipe has neither length nor position.");
}
