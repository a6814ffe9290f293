using System.CommandLine;
using VmSplice;

namespace Relay.Demo;

/// <summary>The command that shows it, and those that it runs in processes of their own: publish and consume with its own record.</summary>
internal static class DemoCommands
{
    public const string Publish = "demo-publish";
    public const string Consume = "demo-consume";
    public const string Count = "demo-count";

    public static void AddTo(
        RootCommand root,
        Func<ParseResult, SequenceOf<Measurement>, CancellationToken, Task> publishAsync,
        Func<ParseResult, CancellationToken, Task> consumeAsync)
    {
        root.Add(CreateDemo());

        var publish = new Command(Publish)
        {
            RelayOptions.Engine, RelayOptions.Server, RelayOptions.Stream, RelayOptions.Source, RelayOptions.PerMessage,
            RelayOptions.Linger, RelayOptions.Quiet,
        };
        publish.SetAction((given, cancellation) => publishAsync(given, static (in record) => record.Sequence, cancellation));
        var consume = new Command(Consume)
        {
            RelayOptions.Engine, RelayOptions.Server, RelayOptions.Stream, RelayOptions.AcknowledgeWithin, RelayOptions.Group,
            RelayOptions.UntilIdle, RelayOptions.Quiet,
        };
        consume.SetAction(consumeAsync);
        var count = new Command(Count);
        count.SetAction((_, cancellation) => Counter.RunAsync(SpliceReader.OpenStandardInput(), SpliceWriter.OpenStandardOutput(), cancellation));
        foreach (Command hidden in (ReadOnlySpan<Command>)[publish, consume, count])
        {
            hidden.Hidden = true;
            root.Add(hidden);
        }
    }

    private static Command CreateDemo()
    {
        var records = new Option<long>("--records") { Description = "How many.", DefaultValueFactory = static _ => 1_000_000 };
        var pace = new Option<int>("--pace") { Description = "About how many a millisecond, sent at once; 0 for as many as go." };
        var kills = new Option<int>("--kills") { Description = "How often publisher, server and consumer are killed, in turn; sends until then." };
        var demo = new Command("demo", "Starts a server, sends records through it from one local pipe into another, and verifies them.")
        {
            RelayOptions.Engine, records, RelayOptions.PerMessage, RelayOptions.Linger, pace, kills,
        };
        demo.SetAction((given, cancellation) =>
        {
            int killed = given.GetValue(kills);
            int paced = given.GetResult(pace) is { Implicit: false } || killed == 0 ? given.GetValue(pace) : 200;
            int perMessage = RelayOptions.PerMessageOf<Measurement>(given);
            return new Demonstration(
                given.GetValue(RelayOptions.Engine), given.GetValue(records), perMessage, given.GetValue(RelayOptions.Linger), paced, killed)
                .RunAsync(cancellation);
        });
        return demo;
    }
}
