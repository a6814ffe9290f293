using System.CommandLine;
using Relay;
using VmSplice;

var engine = new Option<Engine>("--engine") { Description = "Whose log." };
var server = new Option<string>("--server") { Description = "The server's ADDRESS:PORT.", DefaultValueFactory = static _ => "127.0.0.1:4222" };
var stream = new Option<string>("--stream") { Description = "The stream's name there.", DefaultValueFactory = static _ => "readings" };
var source = new Option<string>("--source")
{
    Description = "Whose numbers the records have. Each sender to one stream has a name of its own.",
    DefaultValueFactory = static _ => Environment.MachineName,
};
var within = new Option<double>("--acknowledge-within")
{
    Description = "Seconds after which another consumer gets a message.",
    DefaultValueFactory = static _ => 30,
};
var perMessage = new Option<int>("--per-message") { Description = "Records of a message.", DefaultValueFactory = static _ => 8192 };
var group = new Option<string>("--group") { Description = "The consumers that share the messages.", DefaultValueFactory = static _ => "relay" };
var records = new Option<long>("--records") { Description = "How many.", DefaultValueFactory = static _ => 1_000_000 };
var pace = new Option<int>("--pace") { Description = "About how many a millisecond, sent at once; 0 for as many as go." };
var kills = new Option<int>("--kills") { Description = "How often publisher, server and consumer are killed, in turn; sends until then." };

var demo = new Command("demo", "Starts a server, sends records through it from one local pipe into another, and verifies them.")
    { engine, records, perMessage, pace, kills };
demo.SetAction((given, cancellation) =>
{
    int killed = given.GetValue(kills);
    int paced = given.GetResult(pace) is { Implicit: false } || killed == 0 ? given.GetValue(pace) : 200;
    return new Demo(given.GetValue(engine), given.GetValue(records), given.GetValue(perMessage), paced, killed).RunAsync(cancellation);
});

var publish = new Command("publish", "Standard input, a stream of records, into the log; answers on standard output how far it is stored.")
    { engine, server, stream, source, within, perMessage };
publish.SetAction(async (given, cancellation) =>
{
    await using IRecordLog log = await LogOf(given).OpenAsync(cancellation);
    await new Publisher(log, given.GetValue(perMessage)).RunAsync(SpliceReader.OpenStandardInput(), SpliceWriter.OpenStandardOutput(), cancellation);
});

var consume = new Command("consume", "The log to standard output, a stream of records, as one of a group of consumers.")
    { engine, server, stream, source, within, group };
consume.SetAction(async (given, cancellation) =>
{
    await using IRecordLog log = await LogOf(given).OpenAsync(cancellation);
    await Consumer.RunAsync(log.ReadAsync(given.GetValue(group)!, cancellation), SpliceWriter.OpenStandardOutput(), cancellation);
});

var replay = new Command("replay", "All that the log has to standard output, in its order.") { engine, server, stream, source, within };
replay.SetAction(async (given, cancellation) =>
{
    await using IRecordLog log = await LogOf(given).OpenAsync(cancellation);
    await Consumer.RunAsync(log.ReplayAsync(cancellation), SpliceWriter.OpenStandardOutput(), cancellation);
});

var count = new Command("count", "Counts the records of standard input, and answers on standard output.") { Hidden = true };
count.SetAction((_, cancellation) => Counter.RunAsync(SpliceReader.OpenStandardInput(), SpliceWriter.OpenStandardOutput(), cancellation));

return await new RootCommand("Records from local pipes into a distributed log, and back.") { demo, publish, consume, replay, count }.Parse(args).InvokeAsync();

LogAddress LogOf(ParseResult given)
    => new(given.GetValue(engine), given.GetValue(server)!, given.GetValue(stream)!, given.GetValue(source)!, TimeSpan.FromSeconds(given.GetValue(within)));
