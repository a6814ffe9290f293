using System.Buffers;
using System.Diagnostics;
using VmSplice;

namespace Relay;

/// <summary>Gathers the records of one message, and sees to it that they are numbered.</summary>
/// <typeparam name="T">A spliceable record with a number.</typeparam>
internal sealed class MessageFiller<T>(SequenceOf<T> sequenceOf, int recordsPerMessage)
    where T : unmanaged, ISpliceable<T>
{
    private T[] _message = [];
    private int _count;
    private long? _next;
    private long _began;

    public bool IsEmpty => _count == 0;

    /// <summary>Gets whether the next record has a multiple of the message's size as its number.</summary>
    public bool IsFull => _count > 0 && _next % recordsPerMessage == 0;

    /// <summary>Gets how long the first record has been waiting.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_began);

    /// <summary>Takes as many records as there is room for. What is left of them begins the next message.</summary>
    /// <exception cref="InvalidDataException">Their numbers do not count up by one. Those before have been taken.</exception>
    public ReadOnlyMemory<T> Take(ReadOnlyMemory<T> batch)
    {
        ReadOnlySpan<T> records = batch.Span;
        if (_count == 0)
        {
            _message = ArrayPool<T>.Shared.Rent(recordsPerMessage);
            _began = Stopwatch.GetTimestamp();
        }

        int taken = 0;
        do
        {
            long number = sequenceOf(in records[taken]);
            if (number < 0 || number != (_next ?? number))
            {
                throw NotInOrder(number);
            }

            _message[_count++] = records[taken++];
            _next = number + 1;
        }
        while (taken < records.Length && !IsFull);

        return batch[taken..];
    }

    /// <summary>Gives the message away, and its buffer, which is of the shared pool.</summary>
    public (long First, ArraySegment<T> Records) Detach()
    {
        var records = new ArraySegment<T>(_message, 0, _count);
        _count = 0;
        return (_next!.Value - records.Count, records);
    }

    private InvalidDataException NotInOrder(long number) => new(_next is { } next
        ? $"Sequence must count up by 1: got {number} after {next - 1}. The records before it are stored."
        : $"Sequence counts from 0, or from where the source goes on: the first record has {number}.");
}
