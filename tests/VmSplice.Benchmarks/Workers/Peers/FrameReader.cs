using System.Buffers.Binary;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>Reads what <see cref="FrameWriter"/> wrote, as much at a time as there is.</summary>
internal sealed class FrameReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 20];
    private int _begin;
    private int _end;

    /// <summary>The next message, in place: it is there until the next call.</summary>
    public ReadOnlySpan<byte> Read()
    {
        Need(sizeof(int));
        int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_begin));
        Need(sizeof(int) + length);
        ReadOnlySpan<byte> frame = _buffer.AsSpan(_begin + sizeof(int), length);
        _begin += sizeof(int) + length;
        return frame;
    }

    private void Need(int length)
    {
        if (_end - _begin >= length)
        {
            return;
        }

        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        _end -= _begin;
        _begin = 0;
        if (_buffer.Length < length)
        {
            Array.Resize(ref _buffer, length);
        }

        while (_end < length)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read != 0 ? read : throw new EndOfStreamException();
        }
    }
}
