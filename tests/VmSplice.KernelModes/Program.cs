using System.Diagnostics;
using VmSplice.KernelModes;

// kernel-mode eperm|enosys|einval|eopnotsupp|enomem|copying|nohugepages|RULE,… -- command arguments…
// Runs a command where vmsplice is refused, or copies, where memory comes in small pages alone, or where other calls are
// refused (RULE: see CallRule). Everything that the command starts is concerned too.
int separator = Array.IndexOf(args, "--");
if (separator != 1 || args.Length < 3)
{
    Console.Error.WriteLine("usage: kernel-mode eperm|enosys|einval|eopnotsupp|enomem|copying|nohugepages|RULE,... -- command [arguments]");
    return 2;
}

int? refusal = args[0] switch
{
    "eperm" => Native.EPERM,
    "enosys" => Native.ENOSYS,
    "einval" => Native.EINVAL,
    "eopnotsupp" => Native.EOPNOTSUPP,
    "enomem" => Native.ENOMEM,
    _ => null,
};
CallRule[] rules = [];
if (args[0].Contains('=', StringComparison.Ordinal))
{
    rules = [.. args[0].Split(',').Select(CallRule.Parse)];
}
else if (refusal is null && args[0] is not ("copying" or "nohugepages"))
{
    Console.Error.WriteLine($"kernel-mode: no such mode: {args[0]}");
    return 2;
}

const int Supervisors = 16;
int exitCode = 1;

// A filter sticks to the thread that put it on and to what that thread starts, so the command is started by it.
var starter = new Thread(() =>
{
    if (refusal is { } errno)
    {
        VmSpliceFilter.Refuse(errno);
    }
    else if (rules.Length != 0)
    {
        Array.ForEach(rules, VmSpliceFilter.Refuse);
    }
    else if (args[0] == "nohugepages")
    {
        Native.DisableHugePages();
    }
    else
    {
        new CopyingKernel(VmSpliceFilter.Listen()).Start(Supervisors);
    }

    if (rules.Length != 0)
    {
        // Starting a process takes calls that may be refused by now; becoming it takes one.
        Native.Execute(args[2..]);
    }

    using Process command = Process.Start(new ProcessStartInfo(args[2], args[3..]) { UseShellExecute = false })!;
    command.WaitForExit();
    exitCode = command.ExitCode;
});
starter.Start();
starter.Join();
return exitCode;
