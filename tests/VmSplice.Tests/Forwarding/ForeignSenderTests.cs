using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>
/// Senders that still write to what they sent: splice(2) from a file puts the pages of the file itself into the pipe, as pv
/// does, and a program of others may use memory again that it gave to vmsplice(2).
/// </summary>
[Trait("Category", "Transport")]
public class ForeignSenderTests
{
    private const int Length = 8 * 4096;
    private const byte Sent = 1;
    private const byte Later = 2;

    public static TheoryData<string> Ways
        => ["Forward writer", "Forward handle", "Forward socket", "Tee", "ForwardAsync writer", "ForwardAsync socket", "TeeAsync", "Forward file"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task PagesOfAFileThatIsOverwritten_WhatWasForwardedStays(string way)
        => Assert.All(await AfterOverwritingAsync(way, PipeSenderKind.Unknown), value => Assert.Equal(Sent, value));

    /// <summary>The same but for the caller's word: that, and nothing else, is what protects.</summary>
    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public async Task PagesOfAFileOfADeclaredSender_WhatWasForwardedChanges(string way)
    {
        ThisKernel.NeedsSharing();
        byte copied = way == "Forward file" ? Sent : Later;
        Assert.All(await AfterOverwritingAsync(way, PipeSenderKind.Immutable), value => Assert.Equal(copied, value));
    }

    [SkippableTheory]
    [InlineData(PipeSenderKind.Unknown, Sent)]
    [InlineData(PipeSenderKind.Immutable, Later)]
    public void MemoryThatAForeignSenderUsesAgain_IsSeenOnlyWhereItWasDeclared(PipeSenderKind sender, byte expected)
    {
        ThisKernel.NeedsSharing();
        using SplicePipe first = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using SpliceReader reader = first.OpenReader(new SpliceReaderOptions { Sender = sender });
        using Pages memory = new(2);
        memory.Bytes.Fill(Sent);
        RawCall.VmSplice(first.WriteHandle, memory.All);
        Assert.Equal(memory.Length, reader.Forward(second.WriteHandle, memory.Length));
        memory.Bytes.Fill(Later);
        Assert.All(RawCall.ReadAll(second.ReadHandle, memory.Length), value => Assert.Equal(expected, value));
    }

    [Fact]
    public void Relay_FileOverwrittenMeanwhile_PassesOnWhatWasSent()
    {
        using TemporaryFile file = new();
        File.WriteAllBytes(file.Path, Filled(Sent));
        using SplicePipe toRelay = SplicePipe.Create();
        using System.Diagnostics.Process relay = Child.Start(new System.Diagnostics.ProcessStartInfo(Child.DotNet, [Child.HelperPath, "relay"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        using (SafeFileHandle source = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite))
        using (SpliceWriter input = SpliceWriter.OpenChildInput(relay))
        {
            SpliceAll(source, input.Handle);

            // The relay has passed everything on once its own input is empty and its output holds it all.
            using SpliceReader output = SpliceReader.OpenChildOutput(relay);
            Assert.True(SpinWait.SpinUntil(() => output.Receiver.SenderPages.CountUnread() == Length, TimeSpan.FromSeconds(60)), "the relay passes nothing on");
            RandomAccess.Write(source, Filled(Later), 0);
            byte[] arrived = new byte[Length];
            output.ReadExactly(arrived);
            Assert.All(arrived, value => Assert.Equal(Sent, value));
        }

        relay.WaitForExit();
    }

    /// <summary>Splices a file into a pipe, forwards that, overwrites the file, and only then looks.</summary>
    private static async Task<byte[]> AfterOverwritingAsync(string way, PipeSenderKind sender)
    {
        using TemporaryFile file = new();
        await File.WriteAllBytesAsync(file.Path, Filled(Sent));
        using SafeFileHandle source = File.OpenHandle(file.Path, FileMode.Open, FileAccess.ReadWrite);
        using SplicePipe first = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using SpliceReader reader = first.OpenReader(new SpliceReaderOptions { Sender = sender });
        using SpliceWriter writer = second.OpenWriter();
        using StreamSockets sockets = StreamSockets.Unix();
        using TemporaryFile copy = new();
        await using FileStream stream = copy.Create();
        SpliceAll(source, first.WriteHandle);
        long forwarded = way switch
        {
            "Forward writer" => reader.Forward(writer, Length),
            "Forward handle" => reader.Forward(second.WriteHandle, Length),
            "Forward socket" => reader.Forward(sockets.Near, Length),
            "Forward file" => reader.Forward(stream, Length),
            "Tee" => reader.Tee(writer, Length),
            "ForwardAsync writer" => await reader.ForwardAsync(writer, Length),
            "ForwardAsync socket" => await reader.ForwardAsync(sockets.Near, Length),
            _ => await reader.TeeAsync(writer, Length),
        };
        Assert.Equal(Length, forwarded);
        RandomAccess.Write(source, Filled(Later), 0);
        if (way.EndsWith("file", StringComparison.Ordinal))
        {
            return await File.ReadAllBytesAsync(copy.Path);
        }

        return way.EndsWith("socket", StringComparison.Ordinal) ? ReceiveAll(sockets.Far) : RawCall.ReadAll(second.ReadHandle, Length);
    }

    private static byte[] Filled(byte value)
    {
        byte[] bytes = new byte[Length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static byte[] ReceiveAll(Socket socket)
    {
        byte[] received = new byte[Length];
        for (int filled = 0; filled < received.Length;)
        {
            int some = socket.Receive(received.AsSpan(filled));
            Assert.NotEqual(0, some);
            filled += some;
        }

        return received;
    }

    private static unsafe void SpliceAll(SafeFileHandle file, System.Runtime.InteropServices.SafeHandle pipe)
    {
        long offset = 0;
        while (offset < Length)
        {
            nint moved = Fcntl.splice(file, &offset, pipe, null, (nuint)(Length - offset), 0);
            Skip.If(moved < 0, "this file system does not splice");
        }
    }
}
