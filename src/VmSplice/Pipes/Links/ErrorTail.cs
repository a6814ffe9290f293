using System.Diagnostics;
using System.Text;
using VmSplice.Interop;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// Reads a child's redirected standard error for as long as anybody has it open, so that nobody who writes there ever waits,
/// and keeps the end of it.
/// </summary>
internal sealed class ErrorTail : IDisposable
{
    /// <summary>Bytes that are kept: some forty lines.</summary>
    private const int Most = 4096;

    private readonly Lock _gate = new();
    private readonly PipeEnd _end;
    private readonly NonBlockingDescriptor _descriptor;
    private readonly Encoding _encoding;
    private readonly byte[] _kept = new byte[2 * Most];
    private int _length;
    private bool _isCut;
    private bool _hasEnded;

    private ErrorTail(PipeEnd end, Encoding encoding)
    {
        _end = end;
        _descriptor = new NonBlockingDescriptor(end.Handle, FileAccess.Read, end.IsPipe);
        _encoding = encoding;
    }

    /// <summary>Starts to read. Costs no thread, and ends with the stream.</summary>
    internal static ErrorTail Start(Process child)
    {
        const int AsItIs = 1;
        PipeEnd end = PipeEnds.TakeRedirected(child.StandardError.BaseStream, new EndRequest(FileAccess.Read, AsItIs), nameof(child));
        var tail = new ErrorTail(end, child.StandardError.CurrentEncoding);
        _ = tail.DrainAsync();
        return tail;
    }

    /// <summary>What was written last, everything up to now: what a process wrote before it ended is in it.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            TakeWhatIsThere();
            ReadOnlySpan<byte> tail = _kept.AsSpan(0, _length);
            if (tail.Length > Most)
            {
                tail = tail[^Most..];
            }

            // The first line is not whole then, and may begin inside of a character.
            int line = _isCut ? tail.IndexOf((byte)'\n') : -1;
            return _encoding.GetString(tail[(line + 1)..]);
        }
    }

    /// <summary>Closes the end. The link does not: the child may have something to say yet.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _descriptor.Dispose();
            _end.Dispose();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            using DescriptorWatch data = DescriptorWatch.ForData(_end.Handle);
            while (!TryFinish())
            {
                await ReadinessTask.WaitAsync(data, nameof(SpliceLink), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It cannot be waited for. The end is closed then, so that the child does not wait for ever.
        }
        finally
        {
            Dispose();
        }
    }

    private bool TryFinish()
    {
        lock (_gate)
        {
            TakeWhatIsThere();
            return _hasEnded;
        }
    }

    private unsafe void TakeWhatIsThere()
    {
        while (!_hasEnded)
        {
            if (_length > Most)
            {
                _kept.AsSpan(_length - Most, Most).CopyTo(_kept);
                _length = Most;
                _isCut = true;
            }

            nint read;
            int errno;

            // SAFETY: read(2) writes into the pinned rest of the array during the call alone.
            fixed (byte* free = &_kept[_length])
            {
                read = _descriptor.TryRead(free, (nuint)(_kept.Length - _length), out errno);
            }

            switch (errno)
            {
                case 0:
                    _length += (int)read;
                    _hasEnded = read == 0;
                    break;
                case Errno.EINTR:
                    break;
                case Errno.EAGAIN:
                    return;
                default:
                    _hasEnded = true;
                    break;
            }
        }
    }
}
