using System.Buffers;
using System.Buffers.Binary;

namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>Messages with their length in front, gathered to 256 KiB before they are written to a stream.</summary>
internal sealed class FrameWriter(Stream stream) : IBufferWriter<byte>
{
    private const int FlushAt = 256 << 10;

    private byte[] _buffer = new byte[2 * FlushAt];
    private int _length;
    private int _frame;

    public void BeginFrame()
    {
        _frame = _length;
        GetSpan(sizeof(int));
        _length += sizeof(int);
    }

    public void EndFrame()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_frame), _length - _frame - sizeof(int));
        if (_length >= FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        stream.Flush();
        _length = 0;
    }

    public void Advance(int count) => _length += count;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int wanted = Math.Max(sizeHint, 256);
        if (_buffer.Length - _length < wanted)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + wanted));
        }

        return _buffer.AsMemory(_length);
    }
}
