using System.Diagnostics;

namespace VmSplice.Tests.Descriptors;

/// <summary>Standard input may be anything that read(2) works on: what a shell, inetd, socat, Node and a service manager give.</summary>
[Trait("Category", "Transport")]
public class StandardInputTests
{
    private const int Length = 300_001;

    /// <summary>Starts the rest of the arguments with a connected socket as standard input, and sends the file through it.</summary>
    private const string ThroughASocket = """
        import socket, subprocess, sys
        near, far = socket.socketpair()
        child = subprocess.Popen(sys.argv[2:], stdin=far)
        far.close()
        near.sendall(open(sys.argv[1], 'rb').read())
        near.shutdown(socket.SHUT_WR)
        sys.exit(child.wait())
        """;

    /// <summary>The same with a terminal, on which somebody types a line and Ctrl-D.</summary>
    private const string ThroughATerminal = """
        import os, pty, subprocess, sys, time
        near, far = pty.openpty()
        child = subprocess.Popen(sys.argv[1:], stdin=far)
        time.sleep(0.2)
        os.write(near, b'a line\n')
        time.sleep(0.2)
        os.write(near, b'\x04')
        sys.exit(child.wait())
        """;

    public static TheoryData<string> Readers => ["check-stdin", "check-stdin-async"];

    public static TheoryData<string> Relays => ["relay", "relay-async"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void File(string reader)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(Length);
        Assert.Equal($"{Length} bytes are right\n", Child.Run(Child.Shell($"{Child.HelperCommand(reader)} < '{file.Path}'")));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void NullDevice_IsAtItsEnd(string reader)
        => Assert.Equal("0 bytes are right\n", Child.Run(Child.Shell($"{Child.HelperCommand(reader)} < /dev/null")));

    [SkippableTheory]
    [MemberData(nameof(Readers))]
    public void Socket(string reader)
    {
        Tool.Needs("python3");
        using TemporaryFile file = TemporaryFile.OfPattern(Length);
        Assert.Equal($"{Length} bytes are right\n",
            Child.Run(Child.Command("python3", "-c", ThroughASocket, file.Path, Child.DotNet, Child.HelperPath, reader)));
    }

    [Theory]
    [MemberData(nameof(Relays))]
    public void File_Forwarded(string relay)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(Length);
        Assert.Equal(
            Child.Run(Child.Shell($"sha256sum < '{file.Path}'")),
            Child.Run(Child.Shell($"{Child.HelperCommand(relay)} < '{file.Path}' | sha256sum")));
    }

    [SkippableTheory]
    [MemberData(nameof(Relays))]
    public void Socket_Forwarded(string relay)
    {
        Tool.Needs("python3");
        using TemporaryFile file = TemporaryFile.OfPattern(Length);
        using Process child = Child.Start(Child.Command("python3", "-c", ThroughASocket, file.Path, Child.DotNet, Child.HelperPath, relay));
        using MemoryStream arrived = new();
        child.StandardOutput.BaseStream.CopyTo(arrived);
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        Assert.Equal(Length, arrived.Length);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.ToArray(), 0));
    }

    [SkippableTheory]
    [MemberData(nameof(Relays))]
    public void Terminal_Forwarded(string relay)
    {
        Tool.Needs("python3");
        Assert.Equal("a line\n", Child.Run(Child.Command("python3", "-c", ThroughATerminal, Child.DotNet, Child.HelperPath, relay)));
    }

    [Fact]
    public void Records_OfAFile()
    {
        using TemporaryFile file = new();
        Child.Run(Child.Shell($"{Child.HelperCommand("records-send-stdout 1000")} > '{file.Path}'"));
        Assert.Equal("1000 records are right\n", Child.Run(Child.Shell($"{Child.HelperCommand("records-check-stdin")} < '{file.Path}'")));
    }

    [Theory]
    [InlineData("0> /dev/null", "not open for reading")]
    [InlineData("0> >(cat)", "is the write end of a pipe")]
    public void NotOpenForReading_IsRefused(string redirection, string reason)
    {
        ProcessStartInfo start = Child.Command("/bin/bash", "-c", $"{Child.HelperCommand("why-no-stdin")} {redirection}");
        Assert.Contains(reason, Child.Run(start), StringComparison.Ordinal);
    }
}
