using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using StackExchange.Redis;
using VmSplice;

namespace Relay;

/// <summary>The log is a stream of Redis. Each of its entries has the layout and the records.</summary>
internal sealed class RedisLog : IRecordLog
{
    private const string Layout = "layout";
    private const string Records = "records";
    private const int EntriesAtOnce = 16;

    /// <summary>The client shares one connection among all calls, so none may block there: an empty stream is asked again.</summary>
    private static readonly TimeSpan s_betweenQuestions = TimeSpan.FromMilliseconds(2);

    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly string _name;
    private readonly TimeSpan _acknowledgeWithin;
    private readonly ServerCalls _calls;

    private RedisLog(ConnectionMultiplexer connection, ServerCalls calls, LogAddress address)
    {
        _connection = connection;
        _calls = calls;
        _database = connection.GetDatabase();
        _name = address.Name;
        _acknowledgeWithin = address.AcknowledgeWithin;
    }

    /// <summary>Connects, as soon as the server is there.</summary>
    public static async Task<IRecordLog> OpenAsync(LogAddress address, CancellationToken cancellation)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(address.Server);
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(maxRetryElapsedTimeAllowedMilliseconds: 100);
        var calls = new ServerCalls($"{address.Program} at {address.Server}", ReasonToTryAgain);
        ConnectionMultiplexer connection = await calls.CallAsync(() => ConnectionMultiplexer.ConnectAsync(options), cancellation);
        var log = new RedisLog(connection, calls, address);
        await calls.CallAsync(() => log._database.PingAsync(), cancellation);
        return log;
    }

    public async Task<bool> AppendAsync<T>(long first, ReadOnlyMemory<T> records, CancellationToken cancellation)
        where T : unmanaged, ISpliceable<T>
    {
        // One copy more than JetStream has: the client lets nobody write to its buffer, it copies each value there (MessageWriter of
        // StackExchange.Redis is internal). Memory of a pool would save no copy, and after a timeout the client may still be going to read it.
        var message = new ArrayBufferWriter<byte>(records.Length * Unsafe.SizeOf<T>() + 1024);
        RecordCodec.Encode(records.Span, message);
        NameValueEntry[] entry = [new(Layout, LogMessage.LayoutOf<T>()), new(Records, message.WrittenMemory)];
        await _calls.CallAsync(() => _database.StreamAddAsync(_name, entry), cancellation);
        return false;
    }

    public async IAsyncEnumerable<LogMessage> ReadAsync(string group, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await _calls.CallAsync(() => CreateGroupAsync(group), cancellation);
        string consumer = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
        long nextClaim = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();

            // What another consumer took and has not acknowledged in time: it died, or is too slow.
            StreamEntry[] entries = [];
            if (Environment.TickCount64 >= nextClaim)
            {
                entries = await _calls.CallAsync(() => ClaimAsync(group, consumer), cancellation);
                nextClaim = entries.Length > 0 ? 0 : Environment.TickCount64 + ((long)_acknowledgeWithin.TotalMilliseconds / 4);
            }

            if (entries.Length == 0)
            {
                entries = await _calls.CallAsync(
                    () => _database.StreamReadGroupAsync(_name, group, consumer, StreamPosition.NewMessages, EntriesAtOnce), cancellation);
            }

            foreach (StreamEntry entry in entries)
            {
                // Nobody waits for the answer: where it is lost, the message comes once more.
                yield return MessageOf(entry, _ => new ValueTask(_database.StreamAcknowledgeAsync(_name, group, entry.Id, CommandFlags.FireAndForget)));
            }

            if (entries.Length == 0)
            {
                await Task.Delay(s_betweenQuestions, cancellation);
            }
        }
    }

    public async IAsyncEnumerable<LogMessage> ReplayAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        StreamEntry[] newest = await _calls.CallAsync(() => _database.StreamRangeAsync(_name, count: 1, messageOrder: Order.Descending), cancellation);
        if (newest is not [{ Id: var last }])
        {
            yield break;
        }

        string from = "-";
        while (await _calls.CallAsync(() => _database.StreamRangeAsync(_name, from, last, EntriesAtOnce), cancellation) is { Length: > 0 } entries)
        {
            foreach (StreamEntry entry in entries)
            {
                yield return MessageOf(entry, static _ => ValueTask.CompletedTask);
            }

            from = $"({entries[^1].Id}";
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static LogMessage MessageOf(StreamEntry entry, Func<CancellationToken, ValueTask> acknowledge)
        => new(entry[Layout].ToString(), new ReadOnlySequence<byte>((ReadOnlyMemory<byte>)entry[Records]), acknowledge);

    private async Task<bool> CreateGroupAsync(string group)
    {
        try
        {
            return await _database.StreamCreateConsumerGroupAsync(_name, group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private async Task<StreamEntry[]> ClaimAsync(string group, string consumer)
    {
        StreamAutoClaimResult claimed = await _database.StreamAutoClaimAsync(
            _name, group, consumer, (long)_acknowledgeWithin.TotalMilliseconds, StreamPosition.Beginning, EntriesAtOnce);
        return claimed.ClaimedEntries;
    }

    /// <summary>No server, or one that still reads its files: there will be another answer. A refusal stays one.</summary>
    private static string? ReasonToTryAgain(Exception failure) => failure switch
    {
        RedisServerException refused => refused.Message.StartsWith("LOADING", StringComparison.Ordinal) ? refused.Message : null,
        RedisConnectionException => "no connection",
        RedisException or RedisTimeoutException => failure.Message,
        _ => null,
    };
}
