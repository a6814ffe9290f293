using System.Globalization;
using VmSplice.AnalyzerCost;

// dotnet run -c Release --project tests/VmSplice.AnalyzerCost -- [rounds] [PART[=lines]]…     parts: unused, sending, sending-in-many-ways,
//                                                                                            sending-one-in-twenty, growth, long
// dotnet run -c Release --project tests/VmSplice.AnalyzerCost -- over FOLDER
// dotnet run -c Release --project tests/VmSplice.AnalyzerCost -- others CACHE [OWNER/NAME]…
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["over", var folder])
{
    return new CodeBase(folder).Check() ? 0 : 1;
}

if (args is ["others", var cache, .. var names])
{
    bool whole = true;
    foreach (OtherRepository other in OtherRepository.All.Where(other => names.Length == 0 || names.Contains(other.Name)))
    {
        Console.WriteLine($"== {other.Name} {other.Commit[..8]}");
        whole &= new CodeBase(other.BringInto(cache)).CheckForFalseAlarms();
    }

    return whole ? 0 : 1;
}

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
string[] parts = args.Length > 1 ? args[1..] : ["unused", "sending", "sending-in-many-ways", "growth", "long"];
bool good = true;
foreach (string part in parts)
{
    string[] words = part.Split('=');
    int lines = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 100_000;
    good &= words[0] switch
    {
        "unused" => BuildShare.Unused(rounds, lines),
        "sending" => BuildShare.Sending(rounds, lines),
        "sending-in-many-ways" => BuildShare.SendingInManyWays(rounds, lines),
        "sending-one-in-twenty" => BuildShare.SendingSometimes(rounds, lines),
        "growth" => Growth.Print(rounds),
        "long" => LongMethods.Print(rounds),
        _ =>
            throw new ArgumentException($"There is no part '{part}': unused, sending, sending-in-many-ways, sending-one-in-twenty, growth, long, "
                + "over, others."),
    };
}

return good ? 0 : 1;
