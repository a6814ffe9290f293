using System.Net;
using System.Net.Sockets;

namespace VmSplice.Tests.Support;

/// <summary>Two connected stream sockets of this process.</summary>
internal sealed class StreamSockets : IDisposable
{
    private StreamSockets(Socket near, Socket far)
    {
        Near = near;
        Far = far;
    }

    internal Socket Near { get; }

    internal Socket Far { get; }

    internal static StreamSockets Tcp() => Connect(new IPEndPoint(IPAddress.Loopback, 0), ProtocolType.Tcp);

    internal static StreamSockets Unix()
    {
        string path = Path.Combine(Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));
        try
        {
            return Connect(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }

    private static StreamSockets Connect(EndPoint endPoint, ProtocolType protocol)
    {
        using Socket listener = new(endPoint.AddressFamily, SocketType.Stream, protocol);
        listener.Bind(endPoint);
        listener.Listen(1);
        Socket near = new(endPoint.AddressFamily, SocketType.Stream, protocol);
        near.Connect(listener.LocalEndPoint!);
        return new StreamSockets(near, listener.Accept());
    }
}
