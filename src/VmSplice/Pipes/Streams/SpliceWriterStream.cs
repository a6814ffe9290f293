namespace VmSplice.Pipes;

/// <summary>A stream over a sending end.</summary>
internal sealed class SpliceWriterStream(SpliceWriter writer, bool leaveOpen) : ForwardOnlyStream
{
    public override bool CanWrite => !IsDisposed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfDisposed();
        writer.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfDisposed();
        writer.Write(buffer.AsSpan(offset, count));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return writer.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfDisposed();
        return writer.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            writer.Dispose();
        }

        base.Dispose(disposing);
    }
}
