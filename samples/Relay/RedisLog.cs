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

    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>The client shares one connection among all calls, so none may block there: an empty stream is asked again.</summary>
    private static readonly TimeSpan s_betweenQuestions = TimeSpan.FromMilliseconds(2);

    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly string _name;
    private readonly TimeSpan _acknowledgeWithin;

    private RedisLog(ConnectionMultiplexer connection, LogAddress address)
    {
        _connection = connection;
        _database = connection.GetDatabase();
        _name = address.Name;
        _acknowledgeWithin = address.AcknowledgeWithin;
    }

    /// <summary>Connects, now or as soon as the server is there.</summary>
    public static async Task<IRecordLog> OpenAsync(LogAddress address)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(address.Server);
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(maxRetryElapsedTimeAllowedMilliseconds: 100);
        return new RedisLog(await ConnectionMultiplexer.ConnectAsync(options), address);
    }

    public async Task<bool> AppendAsync(ReadOnlyMemory<Reading> records, CancellationToken cancellation)
    {
        // This client takes memory, not a writer: encoded once, and copied by the client to its socket, for each try anew.
        var message = new ArrayBufferWriter<byte>(records.Length * Unsafe.SizeOf<Reading>() + 1024);
        RecordCodec.Encode(records.Span, message);
        NameValueEntry[] entry = [new(Layout, LogMessage.LayoutOf<Reading>()), new(Records, message.WrittenMemory)];
        await TryAsync(() => _database.StreamAddAsync(_name, entry), cancellation);
        return false;
    }

    public async IAsyncEnumerable<LogMessage> ReadAsync(string group, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await TryAsync(() => CreateGroupAsync(group), cancellation);
        string consumer = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
        long nextClaim = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();

            // What another consumer took and has not acknowledged in time: it died, or is too slow.
            StreamEntry[] entries = [];
            if (Environment.TickCount64 >= nextClaim)
            {
                entries = await TryAsync(() => ClaimAsync(group, consumer), cancellation);
                nextClaim = entries.Length > 0 ? 0 : Environment.TickCount64 + ((long)_acknowledgeWithin.TotalMilliseconds / 4);
            }

            if (entries.Length == 0)
            {
                entries = await TryAsync(() => _database.StreamReadGroupAsync(_name, group, consumer, StreamPosition.NewMessages, EntriesAtOnce), cancellation);
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
        StreamEntry[] newest = await TryAsync(() => _database.StreamRangeAsync(_name, count: 1, messageOrder: Order.Descending), cancellation);
        if (newest is not [{ Id: var last }])
        {
            yield break;
        }

        string from = "-";
        while (await TryAsync(() => _database.StreamRangeAsync(_name, from, last, EntriesAtOnce), cancellation) is { Length: > 0 } entries)
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

    private static async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsPassing(e))
            {
                await Task.Delay(s_betweenTries, cancellation);
            }
        }
    }

    /// <summary>No server, or one that still reads its files: there will be another answer. A refusal stays one.</summary>
    private static bool IsPassing(Exception failure) => failure switch
    {
        RedisServerException refused => refused.Message.StartsWith("LOADING", StringComparison.Ordinal),
        RedisException or RedisTimeoutException => true,
        _ => false,
    };
}
