using System.Net.Sockets;

namespace VmSplice.Benchmarks.Workers;

/// <summary>A Unix socket beside the FIFO that every pair of workers has.</summary>
internal static class UnixSockets
{
    public static Socket Accept(string fifo)
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(fifo + ".s"));
        listener.Listen(1);
        return listener.Accept();
    }

    public static Socket Connect(string fifo)
    {
        var endPoint = new UnixDomainSocketEndPoint(fifo + ".s");
        for (int attempt = 0; ; attempt++)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(endPoint);
                return socket;
            }
            catch (SocketException) when (attempt < 500)
            {
                // The reader is not there yet.
                socket.Dispose();
                Thread.Sleep(10);
            }
        }
    }
}
