using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>The shapes in which .NET hands a read end around.</content>
public sealed partial class SpliceReader
{
    /// <summary>Opens the read end of a pipe.</summary>
    /// <param name="handle">The read end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the reader unless <see cref="SpliceReaderOptions.LeaveOpen"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its write end.</exception>
    public static SpliceReader Open(SafeHandle handle, SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.Take(handle, options.LeaveOpen ? null : handle, FileAccess.Read, options.PipeCapacity, nameof(handle)), options);
    }

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the reader is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that reads.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">The stream writes, or is a named pipe (a socket on Linux).</exception>
    public static SpliceReader Open(PipeStream stream, SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.Take(stream, FileAccess.Read, options.PipeCapacity, options.LeaveOpen, nameof(stream)), options);
    }

    /// <summary>
    /// Opens standard input: a pipe, or anything else that read(2) works on. A file, a terminal, a socket and
    /// <c>/dev/null</c> are read alike, and forwarded by a copy. Read nothing with <see cref="Console"/> while the reader is open.
    /// </summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="ArgumentException">Standard input is not open for reading.</exception>
    /// <exception cref="SystemCallException">Standard input is closed (EBADF).</exception>
    public static SpliceReader OpenStandardInput(SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        var handle = new SafePipeHandle(0, ownsHandle: false);
        return new SpliceReader(PipeEnd.TakeAny(handle, options.LeaveOpen ? null : handle, FileAccess.Read, options.PipeCapacity, nameof(options)), options);
    }

    /// <summary>Opens a child's redirected standard output.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardOutput"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">The child's standard output is not redirected.</exception>
    public static SpliceReader OpenStandardOutput(Process child, SpliceReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.TakeRedirected(child.StandardOutput.BaseStream, FileAccess.Read, options.PipeCapacity, options.LeaveOpen, nameof(child)), options);
    }

    /// <summary>Opens a FIFO (<see cref="SplicePipe.CreateFifo"/>) and waits until a writer has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to read.</param>
    /// <param name="timeout">How long to wait at most; for ever where it is not given. Zero looks once.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing is left open then.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    /// <exception cref="TimeoutException">No writer came in time.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <remarks>
    /// Without time and token open(2) waits; else this looks again at most 20 ms later. A writer that comes in the moment in which the wait ends finds no reader (EPIPE).
    /// </remarks>
    public static SpliceReader OpenFifo(string path, SpliceReaderOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.OpenFifo(path, FileAccess.Read, options.PipeCapacity, timeout, cancellationToken), options);
    }

    /// <summary>Opens a FIFO and waits, without a thread, until a writer has it open.</summary>
    /// <inheritdoc cref="OpenFifo(string, SpliceReaderOptions?, TimeSpan?, CancellationToken)"/>
    public static async Task<SpliceReader> OpenFifoAsync(string path, SpliceReaderOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(await PipeEnd.OpenFifoAsync(path, FileAccess.Read, options.PipeCapacity, timeout, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Opens the read end that a parent handed over with <see cref="SplicePipe.StartChildWithReader"/>.</summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceReader OpenInherited(SpliceReaderOptions? options = null)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.TakeInherited(SplicePipe.ReaderVariable, FileAccess.Read, options.PipeCapacity), options);
    }

    /// <summary>Opens the read end of a pipe that this library made. Its writer grows it.</summary>
    internal static SpliceReader OpenOwn(SafeHandle handle, SpliceReaderOptions? options)
    {
        options ??= SpliceReaderOptions.Default;
        return new SpliceReader(PipeEnd.TakeOwn(handle, options.LeaveOpen ? null : handle, FileAccess.Read, options.PipeCapacity, nameof(handle), mayGrow: false), options);
    }
}
