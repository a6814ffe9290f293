using System.CommandLine;
using Quickstart;
using VmSplice;

// Two processes exchange what /proc knows: the parent samples it, the child prints it. Then the same records in bulk,
// by vmsplice and by write in turn, with the checksums of both sides compared.
var reader = new Option<PipeReaderKind>("--reader") { Description = "What the writer may assume of the reader.",
    DefaultValueFactory = static _ => PipeReaderKind.Copying };
var gibibytes = new Option<int>("--gib") { Description = "How many GiB to replay in each way.", DefaultValueFactory = static _ => 8 };
var rounds = new Option<int>("--rounds") { Description = "How many turns to split them into.", DefaultValueFactory = static _ => 16 };
var chunk = new Option<int>("--chunk") { Description = "How many KiB a call, in both ways.", DefaultValueFactory = static _ => 512 };
var root = new RootCommand("Sends real records between two processes, by vmsplice and by write.") { reader, gibibytes, rounds, chunk };
foreach (Option<int> option in (Option<int>[])[gibibytes, rounds, chunk])
{
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{option.Name} must be at least 1.");
        }
    });
}

root.SetAction(result => Producer.Run(result.GetValue(reader), result.GetValue(gibibytes), result.GetValue(rounds), result.GetValue(chunk) * 1024));

var between = new Argument<double>("milliseconds");
var childRounds = new Argument<int>("rounds");
var records = new Argument<long>("records");
var childChunk = new Argument<int>("bytes");
var consume = new Command("consume", "The child's part; started by the parent.") { between, childRounds, records, childChunk };
consume.Hidden = true;
consume.SetAction(result => Consumer.Run(
    TimeSpan.FromMilliseconds(result.GetValue(between)), result.GetValue(childRounds), result.GetValue(records), result.GetValue(childChunk)));
root.Subcommands.Add(consume);
return root.Parse(args).Invoke();
