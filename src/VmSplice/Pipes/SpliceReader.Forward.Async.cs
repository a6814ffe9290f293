using System.Net.Sockets;
using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>
/// Forwarding whole streams without a thread that waits: both sides are waited for in the one epoll(7) loop of this
/// process. A file's disk is waited for on the thread pool.
/// </content>
public sealed partial class SpliceReader
{
    /// <summary>Forwards everything until the stream ends, and waits without a thread.</summary>
    /// <param name="target">See <see cref="Forward(SpliceWriter)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two steps: what was not forwarded until then can still be read.</param>
    /// <returns>The bytes forwarded.</returns>
    /// <inheritdoc cref="SpliceTo(SpliceWriter, long)" path="/exception"/>
    public Task<long> ForwardAsync(SpliceWriter target, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(target, Checked(0), nameof(target)), cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(Socket, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two steps: what was not forwarded until then can still be read.</param>
    public Task<long> ForwardAsync(Socket target, CancellationToken cancellationToken = default)
        => ForwardAsync(ForwardTarget.Of(target, Checked(0), nameof(target)), cancellationToken);

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(FileStream, long)"/>. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two steps: what was not forwarded until then can still be read.</param>
    public async Task<long> ForwardAsync(FileStream target, CancellationToken cancellationToken = default)
    {
        ForwardTarget file = ForwardTarget.Of(target, Checked(0), nameof(target));
        try
        {
            return await ForwardAsync(file, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            file.MoveOn(target);
        }
    }

    /// <inheritdoc cref="ForwardAsync(SpliceWriter, CancellationToken)"/>
    /// <param name="target">See <see cref="SpliceTo(SafeHandle, long)"/>; a socket must be non-blocking. Do not read from this end meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two steps: what was not forwarded until then can still be read.</param>
    public Task<long> ForwardAsync(SafeHandle target, CancellationToken cancellationToken = default)
    {
        ForwardTarget checkedTarget = ForwardTarget.Of(target, Checked(0), nameof(target));
        return checkedTarget.MayBlock
            ? throw new ArgumentException($"{DescriptorInfo.Describe(target)} is a blocking socket, which cannot be waited for without a thread. Pass the Socket itself.", nameof(target))
            : ForwardAsync(checkedTarget, cancellationToken);
    }

    // On the thread pool from the start: while both sides keep up there is nothing to wait for.
    private Task<long> ForwardAsync(ForwardTarget target, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            using (target)
            {
                return await new ForwardOperation(this, target, long.MaxValue).RunAsync(cancellation).ConfigureAwait(false);
            }
        },
        cancellation);
}
