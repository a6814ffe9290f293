namespace VmSplice.Pipes;

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

    /// <summary>Gets whether this stream was disposed, whatever became of the end of the pipe.</summary>
    protected bool IsDisposed { get; private set; }

    /// <summary>Nothing is held back.</summary>
    public override void Flush() => ThrowIfDisposed();

    public override Task FlushAsync(CancellationToken cancellationToken)
        => IsDisposed ? Task.FromException(new ObjectDisposedException(nameof(Stream)))
        : cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count)
        => throw new NotSupportedException("This is the sending end of a pipe; read from its receiving end.");

    public override void Write(byte[] buffer, int offset, int count)
        => throw new NotSupportedException("This is the receiving end of a pipe; write to its sending end.");

    public override long Seek(long offset, SeekOrigin origin) => throw NoPosition();

    public override void SetLength(long value) => throw NoPosition();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    /// <summary>An end that is left open would work still; a stream that is closed does not.</summary>
    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, typeof(Stream));

    private static NotSupportedException NoPosition() => new("A pipe has neither length nor position.");
}
