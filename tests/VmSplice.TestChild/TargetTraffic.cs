using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.TestChild;

/// <summary>
/// Forwards to a pipe, a file, a socket and a writer, and duplicates to a second pipe; each has a number of its own, so that a filter
/// can refuse a call for one target and not for the others.
/// </summary>
internal static partial class TargetTraffic
{
    private const int Source = 700;
    private const int Pipe = 701;
    private const int RegularFile = 702;
    private const int StreamSocket = 703;
    private const int Writer = 704;
    private const int Tee = 705;
    private const int Length = 300_000;

    internal static int Run()
    {
        bool right = true;
        foreach (PipeSenderKind sender in Enum.GetValues<PipeSenderKind>())
        {
            foreach (bool async in (bool[])[false, true])
            {
                right &= Passes("pipe", sender, async, ToPipe);
                right &= Passes("file", sender, async, ToFile);
                right &= Passes("socket", sender, async, ToSocket);
                right &= Passes("writer", sender, async, ToWriter);
                right &= Passes("tee", sender, async, ToTee);
            }
        }

        Console.WriteLine(right ? "right" : "wrong");
        return right ? 0 : 1;
    }

    private static bool Passes(string target, PipeSenderKind sender, bool async, Func<SpliceReader, bool, byte[]> forward)
    {
        using SplicePipe source = SplicePipe.Create();
        SpliceWriter writer = source.OpenWriter();
        using SafePipeHandle numbered = new(Numbered(source.ReadHandle, Source), ownsHandle: true);
        SpliceReader reader = SpliceReader.Open(numbered, new SpliceReaderOptions { Sender = sender });
        source.ReadHandle.Dispose();
        Task sending = Task.Run(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
            writer.Dispose();
        });
        byte[] arrived;
        try
        {
            arrived = forward(reader, async);
            sending.Wait();
        }
        catch (Exception e)
        {
            Console.WriteLine($"{target}, {sender}, {(async ? "async" : "sync")}: {e}");
            return false;
        }

        reader.Dispose();
        bool right = arrived.Length == Length && StreamPattern.Mismatch(arrived, 0) < 0;
        if (!right)
        {
            Console.WriteLine($"{target}, {sender}, {(async ? "async" : "sync")}: wrong bytes, {arrived.Length}");
        }

        return right;
    }

    private static byte[] ToPipe(SpliceReader reader, bool async)
    {
        using SplicePipe target = SplicePipe.Create();
        using SafePipeHandle handle = new(Numbered(target.WriteHandle, Pipe), ownsHandle: true);
        target.WriteHandle.Dispose();
        using SpliceReader end = target.OpenReader();
        Task<byte[]> arriving = Arriving(end);
        Forward(reader, handle, async);
        handle.Dispose();
        return arriving.Result;
    }

    private static byte[] ToFile(SpliceReader reader, bool async)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (SafeFileHandle opened = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            using (SafeFileHandle handle = new(Numbered(opened, RegularFile), ownsHandle: true))
            {
                Forward(reader, handle, async);
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] ToSocket(SpliceReader reader, bool async)
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string path = Path.Combine(Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            using Socket connecting = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            connecting.Connect(new UnixDomainSocketEndPoint(path));
            using Socket peer = listener.Accept();
            Task<byte[]> arriving = Arriving(new NetworkStream(peer));
            using (Socket near = new(new SafeSocketHandle(Numbered(connecting.SafeHandle, StreamSocket), ownsHandle: true)))
            {
                if (async)
                {
                    reader.ForwardAsync(near).Wait();
                }
                else
                {
                    reader.Forward(near);
                }

                near.Shutdown(SocketShutdown.Both);
            }

            return arriving.Result;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] ToWriter(SpliceReader reader, bool async)
    {
        using SplicePipe target = SplicePipe.Create();
        using SpliceReader end = target.OpenReader();
        using SpliceWriter writer = SpliceWriter.Open(new SafePipeHandle(Numbered(target.WriteHandle, Writer), ownsHandle: true));
        target.WriteHandle.Dispose();
        Task<byte[]> arriving = Arriving(end);
        if (async)
        {
            reader.ForwardAsync(writer).Wait();
        }
        else
        {
            reader.Forward(writer);
        }

        writer.Dispose();
        return arriving.Result;
    }

    private static byte[] ToTee(SpliceReader reader, bool async)
    {
        using SplicePipe target = SplicePipe.Create();
        using SpliceReader end = target.OpenReader();
        using SpliceWriter writer = SpliceWriter.Open(new SafePipeHandle(Numbered(target.WriteHandle, Tee), ownsHandle: true));
        target.WriteHandle.Dispose();
        Task<byte[]> arriving = Arriving(end);
        byte[] own = new byte[Length];
        for (int taken = 0; taken < Length;)
        {
            int some = (int)(async ? reader.TeeAsync(writer, Length - taken).Result : reader.Tee(writer, Length - taken));
            reader.ReadExactly(own.AsSpan(taken, some));
            taken += some;
        }

        writer.Dispose();
        byte[] arrived = arriving.Result;
        return arrived.AsSpan().SequenceEqual(own) ? arrived : [];
    }

    private static void Forward(SpliceReader reader, SafeHandle target, bool async)
    {
        if (async)
        {
            reader.ForwardAsync(target).Wait();
        }
        else
        {
            reader.Forward(target);
        }
    }

    private static Task<byte[]> Arriving(SpliceReader end) => Arriving(end.AsStream());

    private static Task<byte[]> Arriving(Stream stream) => Task.Run(() =>
    {
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
    });

    private static int Numbered(SafeHandle handle, int number)
    {
        int duplicate = dup3(handle, number, 0x80000);
        return duplicate >= 0 ? duplicate : throw new IOException($"dup3: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup3(SafeHandle from, int to, int flags);
}
