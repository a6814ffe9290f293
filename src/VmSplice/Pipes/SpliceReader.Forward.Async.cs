using System.Net.Sockets;
using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>
/// Forwarding without a thread that waits: both sides are waited for in the one epoll(7) loop of this process. A file's disk
/// is waited for on the thread pool. Do not read from this end meanwhile.
/// </content>
public sealed partial class SpliceReader
{
    /// <summary>Forwards bytes as <see cref="SpliceTo(SpliceWriter, long)"/> does, and waits without a thread.</summary>
    /// <param name="target">See <see cref="SpliceTo(SpliceWriter, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">Ends it between two steps: what was not forwarded until then can still be read, and <see cref="BytesRead"/> counts the rest.</param>
    /// <returns>The bytes forwarded: <paramref name="count"/>, or fewer where the stream ended before.</returns>
    /// <inheritdoc cref="SpliceTo(SpliceWriter, long)" path="/exception"/>
    public Task<long> SpliceToAsync(SpliceWriter target, long count, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(SenderOf(target), Checked(count), nameof(target)), count, cancellationToken);

    /// <inheritdoc cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(Socket, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public Task<long> SpliceToAsync(Socket target, long count, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(target, Checked(count), nameof(target)), count, cancellationToken);

    /// <inheritdoc cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(FileStream, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public async Task<long> SpliceToAsync(FileStream target, long count, CancellationToken cancellationToken = default)
    {
        ForwardTarget file = ForwardTarget.Of(target, Checked(count), nameof(target));
        try
        {
            return await ForwardAsync(file, count, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            file.MoveOn(target);
        }
    }

    /// <inheritdoc cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(SafeHandle, long)"/>; a socket must be non-blocking. Do not read from this end meanwhile.</param>
    /// <param name="count">The bytes to forward.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public Task<long> SpliceToAsync(SafeHandle target, long count, CancellationToken cancellationToken = default)
    {
        ForwardTarget checkedTarget = ForwardTarget.Of(target, Checked(count), nameof(target));
        return checkedTarget.MayBlock
            ? throw new ArgumentException($"{DescriptorInfo.Describe(target)} is a blocking socket, which cannot be waited for without a thread. Pass the Socket itself.", nameof(target))
            : ForwardAsync(checkedTarget, count, cancellationToken);
    }

    /// <summary>Forwards everything until the stream ends, and waits without a thread.</summary>
    /// <param name="target">See <see cref="Forward(SpliceWriter)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    /// <returns>The bytes forwarded.</returns>
    /// <inheritdoc cref="SpliceTo(SpliceWriter, long)" path="/exception"/>
    public Task<long> ForwardAsync(SpliceWriter target, CancellationToken cancellationToken = default) => SpliceToAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(Socket, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public Task<long> ForwardAsync(Socket target, CancellationToken cancellationToken = default) => SpliceToAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(FileStream, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public Task<long> ForwardAsync(FileStream target, CancellationToken cancellationToken = default) => SpliceToAsync(target, long.MaxValue, cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(SafeHandle, long)"/>; a socket must be non-blocking. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">As of <see cref="SpliceToAsync(SpliceWriter, long, CancellationToken)"/>.</param>
    public Task<long> ForwardAsync(SafeHandle target, CancellationToken cancellationToken = default) => SpliceToAsync(target, long.MaxValue, cancellationToken);

    /// <summary>Sends bytes that wait in this pipe to another one as well, as <see cref="TeeTo"/> does, and waits without a thread.</summary>
    /// <param name="target">Another pipe's sending end.</param>
    /// <param name="count">The most bytes to send.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing was sent.</param>
    /// <returns>The bytes sent, counted from the first that waits here; 0 at the end of the stream.</returns>
    /// <inheritdoc cref="TeeTo(SpliceWriter, long)" path="/exception"/>
    public Task<long> TeeToAsync(SpliceWriter target, long count, CancellationToken cancellationToken = default)
        => Forwarder.TeeAsync(Receiver, TeeTarget(target, count), count, cancellationToken);

    private Task<long> ForwardAsync(ForwardTarget target, long count, CancellationToken cancellation)
        => Forwarder.RunAsync(Receiver, target, count, cancellation);
}
