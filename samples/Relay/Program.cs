using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Relay;
using Relay.Demo;
using VmSplice;

var publish = new Command("publish", "Standard input, a stream of records, into the log; answers on standard output how far it is stored.")
{
    RelayOptions.Engine, RelayOptions.Server, RelayOptions.Stream, RelayOptions.Source, RelayOptions.PerMessage, RelayOptions.Linger, RelayOptions.Quiet,
};
publish.SetAction((given, cancellation) => PublishAsync<Reading>(given, static (in record) => record.Sequence, cancellation));

var consume = new Command("consume", "The log to standard output, a stream of records, as one of a group of consumers.")
{
    RelayOptions.Engine, RelayOptions.Server, RelayOptions.Stream, RelayOptions.Group, RelayOptions.AcknowledgeWithin, RelayOptions.UntilIdle,
    RelayOptions.Quiet,
};
consume.SetAction((given, cancellation) => ConsumeAsync<Reading>(given, cancellation));

var replay = new Command("replay", "All that the log has to standard output, in its order, and ends.")
{
    RelayOptions.Engine, RelayOptions.Server, RelayOptions.Stream, RelayOptions.Quiet,
};
replay.SetAction((given, cancellation) => ReplayAsync<Reading>(given, cancellation));

var root = new RootCommand("Records from local pipes into a distributed log, and back.") { publish, consume, replay };
DemoCommands.AddTo(root, PublishAsync<Measurement>, ConsumeAsync<Measurement>);

// The first Ctrl+C asks for an end, the second one takes it.
using var ending = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    return await root.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, ending.Token);
}
catch (OperationCanceledException)
{
    Words.Say("stopped");
    return 130;     // as a shell has it: ended by Ctrl+C
}
catch (Exception e)
{
    Words.Say(e.Message);
    return 1;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = !ending.IsCancellationRequested;
    ending.Cancel();
}

static async Task PublishAsync<T>(ParseResult given, SequenceOf<T> sequenceOf, CancellationToken cancellation)
    where T : unmanaged, ISpliceable<T>
{
    if (!Console.IsInputRedirected)
    {
        throw new InvalidOperationException("publish reads records from a pipe, and standard input is a terminal: sender | relay publish");
    }

    LogAddress address = RelayOptions.LogOf(given);
    await using IRecordLog log = await address.OpenAsync(cancellation);
    var linger = TimeSpan.FromMilliseconds(given.GetValue(RelayOptions.Linger));
    var publisher = new Publisher<T>(log, sequenceOf, RelayOptions.PerMessageOf<T>(given), linger);
    try
    {
        // On a terminal the answers would be noise: the last line says it.
        SpliceWriter? answers = Console.IsOutputRedirected ? SpliceWriter.OpenStandardOutput() : null;
        await publisher.RunAsync(SpliceReader.OpenStandardInput(), answers, cancellation);
    }
    finally
    {
        if (!given.GetValue(RelayOptions.Quiet))
        {
            Words.Say($"{Words.Records(publisher.Stored)} stored in {address.Name}{(publisher.Again == 0 ? "" : WhatWasThere(publisher, address))}");
        }
    }

    static string WhatWasThere(Publisher<T> publisher, LogAddress address) => string.Create(
        CultureInfo.InvariantCulture,
        $"; {publisher.Again:N0} of them were there already, from --source {address.Source} with the same numbers, and were kept as they were");
}

static async Task ConsumeAsync<T>(ParseResult given, CancellationToken cancellation)
    where T : unmanaged, ISpliceable<T>
{
    await using IRecordLog log = await RelayOptions.LogOf(given).OpenAsync(cancellation);
    TimeSpan untilIdle = given.GetValue(RelayOptions.UntilIdle) is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
    await WriteAsync<T>(given, log.ReadAsync(given.GetValue(RelayOptions.Group)!, cancellation), untilIdle, cancellation);
}

static async Task ReplayAsync<T>(ParseResult given, CancellationToken cancellation)
    where T : unmanaged, ISpliceable<T>
{
    await using IRecordLog log = await RelayOptions.LogOf(given).OpenAsync(cancellation);
    await WriteAsync<T>(given, log.ReplayAsync(cancellation), Timeout.InfiniteTimeSpan, cancellation);
}

static async Task WriteAsync<T>(ParseResult given, IAsyncEnumerable<LogMessage> messages, TimeSpan untilIdle, CancellationToken cancellation)
    where T : unmanaged, ISpliceable<T>
{
    await using IRecordOutput output = Console.IsOutputRedirected
        ? new PipeOutput<T>(SpliceWriter.OpenStandardOutput())
        : new TextOutput<T>(Console.Out);
    try
    {
        await Consumer.RunAsync<T>(messages, output, untilIdle, cancellation);
    }
    finally
    {
        if (!given.GetValue(RelayOptions.Quiet))
        {
            Words.Say($"{Words.Records(output.Records)} out of {given.GetValue(RelayOptions.Stream)}");
        }
    }
}
