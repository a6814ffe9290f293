using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>Opens ends of pipes, and checks them. The one place that knows all the shapes in which .NET hands a pipe around.</summary>
internal static class PipeEnds
{
    /// <summary>Follows the descriptor in the variable of a child where the pipe has the capacity that somebody asked for.</summary>
    internal const string SizedMark = ":sized";

    /// <summary>Takes a handle that must be an end of a pipe.</summary>
    /// <param name="handle">The descriptor.</param>
    /// <param name="wanted">How.</param>
    /// <param name="parameter">The caller's parameter, for messages.</param>
    internal static PipeEnd Take(SafeHandle handle, EndRequest wanted, string parameter) => Take(handle, handle, wanted, parameter, mayGrow: true);

    private static PipeEnd Take(SafeHandle handle, IDisposable owner, EndRequest wanted, string parameter, bool mayGrow)
    {
        CheckOpen(handle, parameter);
        int now = DescriptorInfo.PipeCapacity(handle);
        if (now < 0)
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is not a pipe. vmsplice works on pipes alone; for files "
                + "and sockets use a Stream.", parameter);
        }

        CheckDirection(handle, wanted.Access, parameter);
        return Sized(handle, owner, now, wanted, mayGrow);
    }

    /// <summary>
    /// Takes an end of a pipe that this library made. The handle owns the descriptor since then, so it is open, a pipe and of this
    /// direction: nothing is asked of the kernel. Short streams gain by each call that is not made.
    /// </summary>
    internal static PipeEnd TakeOwn(SafeHandle handle, EndRequest wanted, bool mayGrow) => Sized(handle, handle, PipeEnd.NotAsked, wanted, mayGrow);

    /// <summary>Takes a standard stream, which may be a file, a terminal or a socket: then write(2) and read(2) do it all.</summary>
    internal static PipeEnd TakeAny(SafeHandle handle, EndRequest wanted, string parameter)
    {
        CheckOpen(handle, parameter);
        int now = DescriptorInfo.PipeCapacity(handle);
        bool isPipe = now >= 0;
        if (!isPipe && !(wanted.Access == FileAccess.Write ? DescriptorInfo.CanWrite(handle) : DescriptorInfo.CanRead(handle)))
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is not open for "
                + $"{(wanted.Access == FileAccess.Write ? "writing" : "reading")}.", parameter);
        }

        CheckDirection(handle, wanted.Access, parameter);
        CheckCapacity(wanted);
        return isPipe
            ? new PipeEnd(handle, OwnerOf(handle, wanted), Grown(handle, now, wanted), mayGrow: wanted.Capacity == 0) { IsStandardStream = true }
            : new PipeEnd(handle, OwnerOf(handle, wanted), capacity: 0, mayGrow: false) { IsStandardStream = true };
    }

    /// <summary>Takes an anonymous pipe's stream. Named-pipe streams are Unix sockets in .NET and refused.</summary>
    internal static PipeEnd Take(PipeStream stream, EndRequest wanted, string parameter)
    {
        ArgumentNullException.ThrowIfNull(stream, parameter);
        if (stream is NamedPipeServerStream or NamedPipeClientStream)
        {
            throw new ArgumentException($"A {stream.GetType().Name} is a Unix socket in .NET on Linux, not a pipe. Use SplicePipe, an "
                + "anonymous pipe or a FIFO.", parameter);
        }

        return Take(stream.SafePipeHandle, stream, wanted, parameter, mayGrow: true);
    }

    /// <summary>Takes the stream behind a child's redirected standard stream.</summary>
    internal static PipeEnd TakeRedirected(Stream stream, EndRequest wanted, string parameter) => stream switch
    {
        PipeStream pipe => Take(pipe, wanted, parameter),
        FileStream file => Take(file.SafeFileHandle, file, wanted, parameter, mayGrow: true),
        _ => throw new ArgumentException($"The child's standard stream is a {stream.GetType().Name}, which has no descriptor to splice with.", parameter),
    };

    /// <summary>Opens a FIFO; waits until the other end is open, as open(2) does.</summary>
    internal static PipeEnd OpenFifo(string path, EndRequest wanted, TimeSpan? timeout, CancellationToken cancellation)
    {
        CheckCapacity(wanted);
        return TakeFifo(FifoOpening.Open(path, wanted.Access, timeout, cancellation), path, wanted);
    }

    /// <summary>The same without a thread that waits.</summary>
    internal static async Task<PipeEnd> OpenFifoAsync(string path, EndRequest wanted, TimeSpan? timeout, CancellationToken cancellation)
    {
        CheckCapacity(wanted);
        return TakeFifo(await FifoOpening.OpenAsync(path, wanted.Access, timeout, cancellation).ConfigureAwait(false), path, wanted);
    }

    /// <summary>Takes the end that <see cref="SplicePipe"/> handed to this process as a child.</summary>
    internal static PipeEnd TakeInherited(string variable, EndRequest wanted)
    {
        // The number of the descriptor, and a mark behind it where somebody has asked for the pipe's capacity.
        string? text = Environment.GetEnvironmentVariable(variable);
        bool isSized = text is not null && text.EndsWith(SizedMark, StringComparison.Ordinal);
        text = isSized ? text![..^SizedMark.Length] : text;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
        {
            throw new InvalidOperationException($"This process inherited no pipe: {variable} is {(text is null ? "not set" : $"'{text}'")}. Start it with "
                + $"SplicePipe.StartChildWith{(wanted.Access == FileAccess.Read ? "Reader" : "Writer")}.");
        }

        // Not owned until it is known to be a pipe: a stale variable may name what is somebody else's by now.
        Take(new SafePipeHandle(descriptor, ownsHandle: false), wanted with { LeaveOpen = true }, variable).Dispose();
        var handle = new SafePipeHandle(descriptor, ownsHandle: true);
        PipeEnd end = Take(handle, handle, wanted with { LeaveOpen = false }, variable, mayGrow: !isSized);

        // Inherited on purpose once; the children of this process are not concerned.
        _ = Fcntl.fcntl(handle, Fcntl.F_SETFD, Fcntl.FD_CLOEXEC);
        Environment.SetEnvironmentVariable(variable, null);
        return end;
    }

    internal static void CheckOpen(SafeHandle handle, string parameter)
    {
        ArgumentNullException.ThrowIfNull(handle, parameter);
        if (handle.IsInvalid)
        {
            throw new ArgumentException("The handle is invalid (−1).", parameter);
        }

        ObjectDisposedException.ThrowIf(handle.IsClosed, handle);
        if (Fcntl.fcntl(handle, Fcntl.F_GETFD, 0) < 0)
        {
            throw SystemCallException.Create("fcntl", Marshal.GetLastPInvokeError(), DescriptorInfo.Describe(handle));
        }
    }

    private static PipeEnd TakeFifo(SafePipeHandle handle, string path, EndRequest wanted)
    {
        try
        {
            return Take(handle, wanted with { LeaveOpen = false }, nameof(path));
        }
        catch (ArgumentException e) when (e.ParamName == nameof(path))
        {
            // Somebody put something else there meanwhile.
            handle.Dispose();
            throw FifoOpening.NoFifo(path, e);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void CheckDirection(SafeHandle handle, FileAccess access, string parameter)
    {
        Debug.Assert(access is FileAccess.Read or FileAccess.Write, "one direction");
        if (access == FileAccess.Write && !DescriptorInfo.CanWrite(handle))
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is the read end of a pipe; a SpliceWriter needs the write end.", parameter);
        }

        if (access == FileAccess.Read && !DescriptorInfo.CanRead(handle))
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is the write end of a pipe; a SpliceReader needs the read end.", parameter);
        }
    }

    private static PipeEnd Sized(SafeHandle handle, IDisposable owner, int now, EndRequest wanted, bool mayGrow)
    {
        CheckCapacity(wanted);
        return new PipeEnd(handle, OwnerOf(owner, wanted), Grown(handle, now, wanted), mayGrow && wanted.Capacity == 0);
    }

    private static int Grown(SafeHandle handle, int now, EndRequest wanted) => wanted.Capacity == 0 ? now : PipeLimits.Grow(handle, wanted.Capacity);

    private static IDisposable? OwnerOf(IDisposable owner, EndRequest wanted) => wanted.LeaveOpen ? null : owner;

    private static void CheckCapacity(EndRequest wanted) => ArgumentOutOfRangeException.ThrowIfNegative(wanted.Capacity, "PipeCapacity");
}
