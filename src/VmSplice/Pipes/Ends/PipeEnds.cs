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
    /// <param name="owner">What to dispose when done; <see langword="null"/> to leave it open.</param>
    /// <param name="access">The direction wanted.</param>
    /// <param name="capacity">The wished capacity, 0 where none is wished.</param>
    /// <param name="parameter">The caller's parameter, for messages.</param>
    /// <param name="mayGrow">Whether to grow it where that pays, if nobody has sized it.</param>
    internal static PipeEnd Take(SafeHandle handle, IDisposable? owner, FileAccess access, int capacity, string parameter, bool mayGrow = true)
    {
        CheckOpen(handle, parameter);
        int now = DescriptorInfo.PipeCapacity(handle);
        if (now < 0)
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is not a pipe. vmsplice works on pipes alone; for files and sockets use a Stream.", parameter);
        }

        CheckDirection(handle, access, parameter);
        return Sized(handle, owner, now, CheckCapacity(capacity), mayGrow);
    }

    /// <summary>
    /// Takes an end of a pipe that this library made. The handle owns the descriptor since then, so it is open, a pipe and of this
    /// direction; only the capacity is asked for. Short streams gain by each call that is not made.
    /// </summary>
    internal static PipeEnd TakeOwn(SafeHandle handle, IDisposable? owner, FileAccess access, int capacity, string parameter, bool mayGrow)
    {
        // Somebody who closed the number behind the handle's back gets the message of any other descriptor.
        int now = DescriptorInfo.PipeCapacity(handle);
        return now < 0 ? Take(handle, owner, access, capacity, parameter, mayGrow) : Sized(handle, owner, now, CheckCapacity(capacity), mayGrow);
    }

    /// <summary>Takes a standard stream, which may be a file, a terminal or a socket: then write(2) and read(2) do it all.</summary>
    internal static PipeEnd TakeAny(SafeHandle handle, IDisposable? owner, FileAccess access, int capacity, string parameter)
    {
        CheckOpen(handle, parameter);
        int now = DescriptorInfo.PipeCapacity(handle);
        bool isPipe = now >= 0;
        if (!isPipe && !(access == FileAccess.Write ? DescriptorInfo.CanWrite(handle) : DescriptorInfo.CanRead(handle)))
        {
            throw new ArgumentException($"{DescriptorInfo.Describe(handle)} is not open for {(access == FileAccess.Write ? "writing" : "reading")}.", parameter);
        }

        CheckDirection(handle, access, parameter);
        CheckCapacity(capacity);
        return isPipe ? Sized(handle, owner, now, capacity, mayGrow: true) : new PipeEnd(handle, owner, capacity: 0, mayGrow: false);
    }

    /// <summary>Takes an anonymous pipe's stream. Named-pipe streams are Unix sockets in .NET and refused.</summary>
    internal static PipeEnd Take(PipeStream stream, FileAccess access, int capacity, bool leaveOpen, string parameter)
    {
        ArgumentNullException.ThrowIfNull(stream, parameter);
        if (stream is NamedPipeServerStream or NamedPipeClientStream)
        {
            throw new ArgumentException($"A {stream.GetType().Name} is a Unix socket in .NET on Linux, not a pipe. Use SplicePipe, an anonymous pipe or a FIFO.", parameter);
        }

        return Take(stream.SafePipeHandle, leaveOpen ? null : stream, access, capacity, parameter);
    }

    /// <summary>Takes the stream behind a child's redirected standard stream.</summary>
    internal static PipeEnd TakeRedirected(Stream stream, FileAccess access, int capacity, bool leaveOpen, string parameter) => stream switch
    {
        PipeStream pipe => Take(pipe, access, capacity, leaveOpen, parameter),
        FileStream file => Take(file.SafeFileHandle, leaveOpen ? null : file, access, capacity, parameter),
        _ => throw new ArgumentException($"The child's standard stream is a {stream.GetType().Name}, which has no descriptor to splice with.", parameter),
    };

    /// <summary>Opens a FIFO; waits until the other end is open, as open(2) does.</summary>
    internal static PipeEnd OpenFifo(string path, FileAccess access, int capacity, TimeSpan? timeout, CancellationToken cancellation)
    {
        CheckCapacity(capacity);
        return TakeFifo(FifoOpening.Open(path, access, timeout, cancellation), path, access, capacity);
    }

    /// <summary>The same without a thread that waits.</summary>
    internal static async Task<PipeEnd> OpenFifoAsync(string path, FileAccess access, int capacity, TimeSpan? timeout, CancellationToken cancellation)
    {
        CheckCapacity(capacity);
        return TakeFifo(await FifoOpening.OpenAsync(path, access, timeout, cancellation).ConfigureAwait(false), path, access, capacity);
    }

    /// <summary>Takes the end that <see cref="SplicePipe"/> handed to this process as a child.</summary>
    internal static PipeEnd TakeInherited(string variable, FileAccess access, int capacity)
    {
        // The number of the descriptor, and a mark behind it where somebody has asked for the pipe's capacity.
        string? text = Environment.GetEnvironmentVariable(variable);
        bool isSized = text is not null && text.EndsWith(SizedMark, StringComparison.Ordinal);
        text = isSized ? text![..^SizedMark.Length] : text;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
        {
            throw new InvalidOperationException($"This process inherited no pipe: {variable} is {(text is null ? "not set" : $"'{text}'")}. Start it with SplicePipe.StartChildWith{(access == FileAccess.Read ? "Reader" : "Writer")}.");
        }

        // Not owned until it is known to be a pipe: a stale variable may name what is somebody else's by now.
        Take(new SafePipeHandle(descriptor, ownsHandle: false), owner: null, access, capacity, variable).Dispose();
        var handle = new SafePipeHandle(descriptor, ownsHandle: true);
        PipeEnd end = Take(handle, handle, access, capacity, variable, mayGrow: !isSized);

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

    private static PipeEnd TakeFifo(SafePipeHandle handle, string path, FileAccess access, int capacity)
    {
        try
        {
            return Take(handle, handle, access, capacity, nameof(path));
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

    private static PipeEnd Sized(SafeHandle handle, IDisposable? owner, int now, int wished, bool mayGrow)
        => new(handle, owner, wished == 0 ? now : PipeLimits.Grow(handle, wished), mayGrow && wished == 0);

    private static int CheckCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return capacity;
    }
}
