using System.Buffers;

namespace Relay;

/// <summary>Where a consumer puts the records of the messages.</summary>
internal interface IRecordOutput : IAsyncDisposable
{
    /// <summary>Gets how many records it took.</summary>
    long Records { get; }

    /// <summary>Decodes a message. Ends when whoever reads the output can have its records.</summary>
    ValueTask WriteAsync(ReadOnlySequence<byte> message, CancellationToken cancellation);

    /// <summary>Says that this was all.</summary>
    ValueTask CompleteAsync();
}
