using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using VmSplice;

namespace Relay;

/// <summary>The log is a stream of NATS JetStream. Its subjects end in the layout: <c>NAME.0123456789abcdef</c>.</summary>
internal sealed class JetStreamLog : IRecordLog
{
    private readonly NatsConnection _connection;
    private readonly NatsJSContext _jetStream;
    private readonly string _name;
    private readonly string _source;
    private readonly TimeSpan _acknowledgeWithin;
    private readonly ServerCalls _calls;

    private JetStreamLog(NatsConnection connection, LogAddress address)
    {
        _connection = connection;
        _jetStream = new NatsJSContext(connection);
        _name = address.Name;
        _source = address.Source;
        _acknowledgeWithin = address.AcknowledgeWithin;
        _calls = new ServerCalls($"{address.Program} at {address.Server}", ReasonToTryAgain);

        // A consumer calls nothing while it waits for messages: only its connection knows.
        long lost = 0;
        connection.ConnectionDisconnected += (_, _) => Note(() => lost = Stopwatch.GetTimestamp());
        connection.ReconnectFailed += (_, _) => Note(() =>
        {
            if (Stopwatch.GetElapsedTime(lost) >= ServerCalls.Long)
            {
                _calls.NoteFailure("the connection is lost");
            }
        });
        connection.ConnectionOpened += (_, _) => Note(_calls.NoteAnswer);

        static ValueTask Note(Action note)
        {
            note();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Connects, and makes the stream where there is none.</summary>
    public static async Task<IRecordLog> OpenAsync(LogAddress address, CancellationToken cancellation)
    {
        var connection = new NatsConnection(NatsOpts.Default with
        {
            Url = $"nats://{address.Server}",
            RequestTimeout = TimeSpan.FromSeconds(2),
            ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
            ReconnectWaitMax = TimeSpan.FromSeconds(1),
        });
        var log = new JetStreamLog(connection, address);
        var stream = new StreamConfig(address.Name, [$"{address.Name}.*"]) { DuplicateWindow = TimeSpan.FromMinutes(2) };
        await log._calls.CallAsync(async () => await log._jetStream.CreateOrUpdateStreamAsync(stream, cancellation), cancellation);
        return log;
    }

    public async Task<bool> AppendAsync<T>(long first, ReadOnlyMemory<T> records, CancellationToken cancellation)
        where T : unmanaged, ISpliceable<T>
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{_source}/{first}+{records.Length}");
        PubAckResponse answer = await _calls.CallAsync(
            async () =>
            {
                PubAckResponse response = await _jetStream.PublishAsync(
                    $"{_name}.{LogMessage.LayoutOf<T>()}", records, RecordSerializer<T>.Instance, new NatsJSPubOpts { MsgId = id },
                    cancellationToken: cancellation);
                return response.Error is { } error ? throw new NatsJSApiException(error) : response;
            },
            cancellation);
        return answer.Duplicate;
    }

    public async IAsyncEnumerable<LogMessage> ReadAsync(string group, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var config = new ConsumerConfig(group) { AckPolicy = ConsumerConfigAckPolicy.Explicit, AckWait = _acknowledgeWithin };
        INatsJSConsumer consumer = await _calls.CallAsync(async () => await _jetStream.CreateOrUpdateConsumerAsync(_name, config, cancellation), cancellation);
        await foreach (INatsJSMsg<NatsMemoryOwner<byte>> message in MessagesOf(consumer, cancellation))
        {
            yield return new LogMessage(
                LayoutIn(message.Subject),
                new ReadOnlySequence<byte>(message.Data.Memory),
                token => message.AckAsync(cancellationToken: token),
                message.Data);
        }
    }

    public async IAsyncEnumerable<LogMessage> ReplayAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        INatsJSStream stream = await _calls.CallAsync(async () => await _jetStream.GetStreamAsync(_name, cancellationToken: cancellation), cancellation);
        ulong last = stream.Info.State.LastSeq;
        if (stream.Info.State.Messages == 0)
        {
            yield break;
        }

        // An ordered consumer belongs to nobody else: it starts over by itself where a message is missing.
        INatsJSConsumer consumer = await _jetStream.CreateOrderedConsumerAsync(_name, cancellationToken: cancellation);
        await foreach (INatsJSMsg<NatsMemoryOwner<byte>> message in MessagesOf(consumer, cancellation))
        {
            yield return new LogMessage(
                LayoutIn(message.Subject), new ReadOnlySequence<byte>(message.Data.Memory), static _ => ValueTask.CompletedTask, message.Data);
            if (message.Metadata?.Sequence.Stream >= last)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Few messages ahead, in buffers of the client's pool: what waits here is not with another consumer of the group.</summary>
    private static IAsyncEnumerable<INatsJSMsg<NatsMemoryOwner<byte>>> MessagesOf(INatsJSConsumer consumer, CancellationToken cancellation)
        => consumer.ConsumeAsync(
            NatsRawSerializer<NatsMemoryOwner<byte>>.Default,
            new NatsJSConsumeOpts { MaxMsgs = 64, Expires = TimeSpan.FromSeconds(5), IdleHeartbeat = TimeSpan.FromSeconds(1) },
            cancellation);

    private string LayoutIn(string subject) => subject[(_name.Length + 1)..];

    /// <summary>No server, or one that has just started: there will be another answer. A refusal stays one.</summary>
    private static string? ReasonToTryAgain(Exception failure) => failure switch
    {
        NatsNoRespondersException => "it has no JetStream; was it started with -js?",
        NatsJSApiException refused => refused.Error.Code == 503 ? refused.Message : null,
        NatsPayloadTooLargeException => null,
        NatsException => failure.InnerException?.Message ?? failure.Message,
        _ => null,
    };
}
