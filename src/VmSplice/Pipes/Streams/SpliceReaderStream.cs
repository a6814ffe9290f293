namespace VmSplice.Pipes;

/// <summary>A stream over a receiving end.</summary>
internal sealed class SpliceReaderStream(SpliceReader reader, bool leaveOpen) : ForwardOnlyStream
{
    public override bool CanRead => !IsDisposed;

    public override int Read(Span<byte> buffer)
    {
        ThrowIfDisposed();
        return reader.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfDisposed();
        return reader.Read(buffer.AsSpan(offset, count));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return reader.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        ThrowIfDisposed();
        return reader.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            reader.Dispose();
        }

        base.Dispose(disposing);
    }
}
