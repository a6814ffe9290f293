using System.CommandLine;
using Doctor;

// vmdoctor [--json]: what this machine gives to zero-copy pipes, and what to change. The exit code is the verdict.
var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
var root = new RootCommand(
    "Says what this machine gives to zero-copy pipes, why, and what to change. Exit code 0: all of it; 2: it could be faster; "
        + "3: everything is sent with write(2).")
{
    json,
};
root.SetAction(result =>
{
    Report report = Report.OfThisMachine();
    Console.Out.Write(result.GetValue(json) ? report.ToJson() : report.ToText());
    return (int)report.Verdict;
});
return root.Parse(args).Invoke();
