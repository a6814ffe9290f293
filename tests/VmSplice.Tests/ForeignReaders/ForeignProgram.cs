using System.Diagnostics;
using System.Text;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>One of the readers of samples/Readers, which know this library by docs/protocol.md alone.</summary>
/// <param name="language">python3 or gcc: what it needs.</param>
internal sealed class ForeignProgram(string language)
{
    internal const string Python = "python3";
    internal const string C = "gcc";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Readers");
    private static readonly Lazy<string> s_reader = new(() => Compile("read", "read.c", "-O2"));
    private static readonly Lazy<string> s_verdicts = new(
        () => Compile("verdicts", "verdicts.c", "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"));

    /// <summary>Both, as the cases of a theory.</summary>
    internal static string[] Languages { get; } = [Python, C];

    /// <summary>Skips the test where its language is missing.</summary>
    internal static ForeignProgram In(string language)
    {
        Tool.Needs(language);
        return new ForeignProgram(language);
    }

    /// <summary>The command that reads one stream from its standard input.</summary>
    internal ProcessStartInfo Reader(params string[] arguments)
        => language == C ? Command(s_reader.Value, arguments) : Command(Python, [Path.Combine(s_folder, "read.py"), .. arguments]);

    /// <summary>Reads what is written to its standard input, and returns what it prints.</summary>
    internal string Read(Action<Process> send, int expectedExitCode, params string[] arguments)
    {
        using Process child = Child.Start(Reader(arguments));
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Background sending = Background.Run(() => send(child));
        string output = Child.Finish(child, expectedExitCode);
        sending.Join();
        return output + errors.Result;
    }

    /// <summary>The same with the bytes of a stream.</summary>
    internal string Read(byte[] stream, int expectedExitCode, params string[] arguments)
        => Read(
            child =>
            {
                using Stream input = child.StandardInput.BaseStream;
                input.Write(stream);
            },
            expectedExitCode,
            arguments);

    /// <summary>Has one process read many streams, and say of each which fault it has and how many rows were good.</summary>
    internal string[] Verdicts(IReadOnlyList<byte[]> streams, params string[] arguments)
    {
        ProcessStartInfo info = language == C ? Command(s_verdicts.Value, arguments) : Command(Python, [Path.Combine(s_folder, "verdicts.py"), .. arguments]);
        using Process child = Child.Start(info);
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        using (BinaryWriter input = new(child.StandardInput.BaseStream))
        {
            foreach (byte[] stream in streams)
            {
                input.Write(stream.Length);
                input.Write(stream);
            }
        }

        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(120)), "it does not end");
        Assert.True(child.ExitCode == 0, errors.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The command of a writer in Python that knows the page alone.</summary>
    internal static ProcessStartInfo Writer(params string[] arguments) => Child.Command(Python, [Path.Combine(s_folder, "write.py"), .. arguments]);

    // Bytes of a text are taken as they are.
    private static ProcessStartInfo Command(string file, params string[] arguments)
        => new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };

    private static string Compile(string name, string source, params string[] flags)
    {
        string program = Path.Combine(s_folder, name + ".out");
        ProcessStartInfo info = Child.Command(C, ["-std=gnu11", .. flags, "-Wall", "-Wextra", "-Werror", "-o", program, Path.Combine(s_folder, source)]);
        info.RedirectStandardError = true;
        using Process gcc = Child.Start(info);
        string errors = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        Assert.True(gcc.ExitCode == 0, errors);
        return program;
    }
}
