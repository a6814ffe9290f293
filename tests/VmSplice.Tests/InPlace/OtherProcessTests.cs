using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.InPlace;

/// <summary>Who reads in place, of those in other processes, and who gets the same records through the pipe.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Transport")]
public class OtherProcessTests
{
    private const int Records = 500_000;

    [Fact]
    public void ProcessOfThisUser_ReadsInPlace() => Assert.Equal(Answer(inPlace: true), SendTo(Child.HelperCommand("in-place-read-stdin")));

    [Theory]
    [InlineData("VMSPLICE_SHARING=pipe")]
    [InlineData("VMSPLICE_SHARING=off")]
    public void SwitchedOffByTheEnvironment_GoesThroughThePipe(string variable)
        => Assert.Equal(Answer(inPlace: false), SendTo($"{variable} {Child.HelperCommand("in-place-read-stdin")}"));

    [SkippableFact]
    public void ProcessOfAnotherUser_ReadsThroughThePipe()
    {
        Tool.Needs("setpriv");
        Skip.If(Libc.geteuid() != 0, "only root can become somebody else");
        string output = SendTo("export DOTNET_CLI_HOME=/tmp HOME=/tmp; exec setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all "
            + Child.HelperCommand("in-place-read-stdin") + " 2>&1");
        Skip.If(output.Contains("Permission denied", StringComparison.Ordinal) || output.Contains("cannot access", StringComparison.Ordinal),
            "another user cannot read this folder");
        Assert.Equal(Answer(inPlace: false), output);
    }

    [SkippableFact]
    public void ProcessOfAnotherPidNamespace_ReadsThroughThePipe()
    {
        Tool.Needs("unshare");
        using Process trial = Child.Start(Child.Command("unshare", "--pid", "--fork", "--mount-proc", "true"));
        trial.WaitForExit();
        Skip.If(trial.ExitCode != 0, "no PID namespace can be made here");
        Assert.Equal(Answer(inPlace: false), SendTo("exec unshare --pid --fork --mount-proc " + Child.HelperCommand("in-place-read-stdin")));
    }

    /// <summary>Three processes: what one reads in place and copies, the next one reads in place again.</summary>
    [Fact]
    public void RelayOfAnotherProcess_ReadsInPlaceAndIsReadInPlace()
    {
        string output = SendTo($"exec 3>&1; {Child.HelperCommand("in-place-relay")} 2>&3 | {Child.HelperCommand("in-place-read-stdin")}");
        string relay = string.Create(CultureInfo.InvariantCulture, $"{Records} records, in place: True and True\n");
        Assert.Contains(output, new[] { relay + Answer(inPlace: true), Answer(inPlace: true) + relay });
    }

    private static string Answer(bool inPlace) => string.Create(CultureInfo.InvariantCulture, $"{Records} records, in place: {inPlace}\n");

    private static string SendTo(string command)
    {
        ProcessStartInfo start = Child.Shell(command);
        start.RedirectStandardInput = true;
        using Process child = Child.Start(start);
        using SpliceWriter input = SpliceWriter.OpenChildInput(child);
        try
        {
            using var writer = new RecordWriter<Tick>(input, new RecordWriterOptions { ChunkSize = Exchange.ChunkSize });
            for (int i = 0; i < Records; i++)
            {
                writer.Next() = Tick.At(i);
            }

            writer.Complete();
        }
        catch (BrokenPipeException)
        {
            // It could not start; its output says why.
        }

        return child.StandardOutput.ReadToEnd();
    }
}
