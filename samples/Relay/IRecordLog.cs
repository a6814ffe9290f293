using VmSplice;

namespace Relay;

/// <summary>
/// A distributed log: it keeps what it is given, and gives it to each group of consumers at least once. What the relay needs of an
/// engine, and no more.
/// </summary>
internal interface IRecordLog : IAsyncDisposable
{
    /// <summary>
    /// Stores records as one message. Goes on trying while the server cannot be reached, so that the caller's pipe fills up and its source waits.
    /// </summary>
    /// <typeparam name="T">A spliceable record.</typeparam>
    /// <param name="first">The number of the first record.</param>
    /// <param name="records">Consecutive records. They stay as they are until this has ended.</param>
    /// <param name="cancellation">Ends the tries. The log may have the message or not.</param>
    /// <returns>Whether the log found that it had the message already, and kept one.</returns>
    Task<bool> AppendAsync<T>(long first, ReadOnlyMemory<T> records, CancellationToken cancellation)
        where T : unmanaged, ISpliceable<T>;

    /// <summary>Takes part in a group: each message goes to one of its consumers, and to another one where that does not acknowledge it in time.</summary>
    /// <param name="group">The group's name. A new group begins with the first message that the log has.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<LogMessage> ReadAsync(string group, CancellationToken cancellation);

    /// <summary>Reads what the log has now, from the first message on and in its order, and ends. No group notices.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<LogMessage> ReplayAsync(CancellationToken cancellation);
}
