using System.Buffers;
using System.Globalization;
using VmSplice;
using VmSplice.CompilerServices;

namespace Relay;

/// <summary>A message of the log: records as <see cref="RecordCodec"/> wrote them, in the client's buffer until this is disposed.</summary>
/// <param name="Layout">The fingerprint that came beside it: <see cref="LayoutOf{T}"/> of the program that sent it.</param>
/// <param name="Records">The bytes.</param>
/// <param name="AcknowledgeAsync">Tells the log that nobody else must get it.</param>
/// <param name="Owner">What gives the buffer back.</param>
internal sealed record LogMessage(string Layout, ReadOnlySequence<byte> Records, Func<CancellationToken, ValueTask> AcknowledgeAsync, IDisposable? Owner = null)
    : IDisposable
{
    /// <summary>The layout of a record in 16 digits: two programs that have the same can exchange it.</summary>
    public static string LayoutOf<T>()
        where T : unmanaged, ISpliceable<T>
        => T.Layout.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Refuses what a program with another declaration of the record has sent, before a byte of it is decoded.</summary>
    public void RequireLayoutOf<T>()
        where T : unmanaged, ISpliceable<T>
    {
        if (Layout != LayoutOf<T>())
        {
            RecordLayout own = T.Layout;
            throw new InvalidDataException(
                $"The message has records of layout {Layout}, this program's {own.Name} has {LayoutOf<T>()}. It stays in the log: let a program read it "
                + "that was built with the same declaration, or send and receive with another --stream, or begin again with an empty folder of the server.");
        }
    }

    public void Dispose() => Owner?.Dispose();
}
