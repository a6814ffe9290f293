using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>The shapes in which .NET hands a write end around.</content>
public sealed partial class SpliceWriter
{
    /// <summary>Opens the write end of a pipe.</summary>
    /// <param name="handle">The write end: a <see cref="SafePipeHandle"/> or <see cref="SafeFileHandle"/>. Closed with the writer unless <see cref="SpliceWriterOptions.LeaveOpen"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">Not a pipe, or its read end.</exception>
    public static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.Take(handle, options.LeaveOpen ? null : handle, FileAccess.Write, options.PipeCapacity, nameof(handle)), options);
    }

    /// <summary>Opens an anonymous pipe's stream. Do not use the stream while the writer is open.</summary>
    /// <param name="stream">An <see cref="AnonymousPipeServerStream"/> or <see cref="AnonymousPipeClientStream"/> that writes.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">The stream reads, or is a named pipe (a socket on Linux).</exception>
    public static SpliceWriter Open(PipeStream stream, SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.Take(stream, FileAccess.Write, options.PipeCapacity, options.LeaveOpen, nameof(stream)), options);
    }

    /// <summary>
    /// Opens standard output. Where it is a file or a terminal, everything is written with write(2): a program works the
    /// same whatever its output is redirected to. Write nothing with <see cref="Console"/> while the writer is open.
    /// </summary>
    /// <param name="options">How to send.</param>
    public static SpliceWriter OpenStandardOutput(SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        var handle = new SafePipeHandle(1, ownsHandle: false);
        return new SpliceWriter(PipeEnd.TakeAny(handle, options.LeaveOpen ? null : handle, FileAccess.Write, options.PipeCapacity, nameof(options)), options);
    }

    /// <summary>Opens a child's redirected standard input.</summary>
    /// <param name="child">A process started with <see cref="ProcessStartInfo.RedirectStandardInput"/>.</param>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">The child's standard input is not redirected.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="ProcessStartInfo.StandardInputEncoding"/> has a byte order mark, which .NET wrote when it started the child.
    /// </exception>
    public static SpliceWriter OpenStandardInput(Process child, SpliceWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        options ??= SpliceWriterOptions.Default;
        if (!child.StandardInput.Encoding.Preamble.IsEmpty)
        {
            throw new ArgumentException($"The child was started with StandardInputEncoding {child.StandardInput.Encoding.WebName} with a byte order mark ({Convert.ToHexString(child.StandardInput.Encoding.Preamble)}), which .NET has already written: what is sent now would come behind it. Leave StandardInputEncoding unset; a pipe takes bytes.", nameof(child));
        }

        return new SpliceWriter(PipeEnd.TakeRedirected(child.StandardInput.BaseStream, FileAccess.Write, options.PipeCapacity, options.LeaveOpen, nameof(child)), options);
    }

    /// <summary>Opens a FIFO (<see cref="SplicePipe.CreateFifo"/>) and waits until a reader has it open.</summary>
    /// <param name="path">The FIFO's path.</param>
    /// <param name="options">How to send.</param>
    /// <param name="timeout">How long to wait at most; for ever where it is not given. Zero looks once.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing is left open then.</param>
    /// <exception cref="FileNotFoundException">No such FIFO.</exception>
    /// <exception cref="ArgumentException">The path is not a FIFO.</exception>
    /// <exception cref="TimeoutException">No reader came in time.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <remarks>
    /// Without time and token open(2) waits; else this looks again at most 20 ms later. A reader that opens the FIFO and leaves between two looks is not noticed.
    /// </remarks>
    public static SpliceWriter OpenFifo(string path, SpliceWriterOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.OpenFifo(path, FileAccess.Write, options.PipeCapacity, timeout, cancellationToken), options);
    }

    /// <summary>Opens a FIFO and waits, without a thread, until a reader has it open.</summary>
    /// <inheritdoc cref="OpenFifo(string, SpliceWriterOptions?, TimeSpan?, CancellationToken)"/>
    public static async Task<SpliceWriter> OpenFifoAsync(string path, SpliceWriterOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(await PipeEnd.OpenFifoAsync(path, FileAccess.Write, options.PipeCapacity, timeout, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Opens the write end that a parent handed over with <see cref="SplicePipe.StartChildWithWriter"/>.</summary>
    /// <param name="options">How to send.</param>
    /// <exception cref="InvalidOperationException">This process inherited none.</exception>
    public static SpliceWriter OpenInherited(SpliceWriterOptions? options = null)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.TakeInherited(SplicePipe.WriterVariable, FileAccess.Write, options.PipeCapacity), options);
    }

    /// <summary>Opens the write end of a pipe that this library made.</summary>
    /// <param name="handle">The write end.</param>
    /// <param name="options">How to send.</param>
    /// <param name="mayGrow">Whether nobody has asked for the pipe's capacity.</param>
    internal static SpliceWriter OpenOwn(SafeHandle handle, SpliceWriterOptions? options, bool mayGrow)
    {
        options ??= SpliceWriterOptions.Default;
        return new SpliceWriter(PipeEnd.TakeOwn(handle, options.LeaveOpen ? null : handle, FileAccess.Write, options.PipeCapacity, nameof(handle), mayGrow), options);
    }

    /// <summary>Opens with another policy than the machine's, for benchmarks.</summary>
    internal static SpliceWriter Open(SafeHandle handle, SpliceWriterOptions options, SharingPolicy policy)
    {
        PipeEnd end = PipeEnd.Take(handle, handle, FileAccess.Write, options.PipeCapacity, nameof(handle));
        return new SpliceWriter(end, options, new Sender(end, options.Reader, policy));
    }
}
