using System.CommandLine;
using Cat;

// vmcat [FILE…]: cat(1) through vmsplice(2). vmcat --generate SIZE: bulk output to measure a pipe with.
var files = new Argument<string[]>("files") { Description = "Files to pass on; - is standard input, and so is nothing.", Arity = ArgumentArity.ZeroOrMore };
var generate = new Option<ByteSize?>("--generate")
{
    Description = "Write so many bytes instead: a number, with K, M, G or T for powers of 1,024.",
    HelpName = "SIZE",
    CustomParser = ByteSize.Parse,
};
var pattern = new Option<Pattern>("--pattern") { Description = "What to generate: nothing but zeros, lines of text, or noise that is the same each time." };
var root = new RootCommand("Passes files on to standard output, without a copy where that is a pipe whose kernel shares pages.") { files, generate, pattern };
root.Validators.Add(result =>
{
    bool generates = result.GetResult(generate) is not null;
    if (generates && result.GetResult(files) is { Tokens.Count: > 0 })
    {
        result.AddError("Give files or --generate, not both.");
    }

    if (!generates && result.GetResult(pattern) is { Implicit: false })
    {
        result.AddError("--pattern says what --generate writes: give both.");
    }
});
root.SetAction(result => Output.Run(output => result.GetValue(generate) is { } size
    ? Generator.Write(output, result.GetValue(pattern), size.Bytes)
    : Concatenation.Write(output, result.GetValue(files) is { Length: > 0 } given ? given : [Concatenation.StandardInput])));
return root.Parse(args).Invoke();
