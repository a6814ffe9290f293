using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// A new pipe. Both ends close on exec, so that no child inherits one by accident; one end can be handed to a child on
/// purpose.
/// </summary>
public sealed class SplicePipe : IDisposable
{
    internal const string ReaderVariable = "VMSPLICE_READER";
    internal const string WriterVariable = "VMSPLICE_WRITER";

    // While an end is inheritable, another child that is started gets it too. Those that this library starts wait for each other.
    private static readonly Lock Starting = new();

    private readonly Lock _gate = new();
    private readonly List<IPipeEndOwner> _opened = [];
    private readonly bool _isSized;

    private SplicePipe(SafePipeHandle readHandle, SafePipeHandle writeHandle, bool isSized)
    {
        ReadHandle = readHandle;
        WriteHandle = writeHandle;
        _isSized = isSized;
    }

    /// <summary>Gets the read end. Owned by this object until a reader is opened on it or a child gets it.</summary>
    public SafePipeHandle ReadHandle { get; }

    /// <summary>Gets the write end. Owned by this object until a writer is opened on it or a child gets it.</summary>
    public SafePipeHandle WriteHandle { get; }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 once both ends are closed here.</summary>
    public int Capacity => (WriteHandle.IsClosed ? ReadHandle : WriteHandle) is { IsClosed: false } end ? DescriptorInfo.PipeCapacity(end) : 0;

    /// <summary>Creates a pipe.</summary>
    /// <param name="capacity">
    /// Bytes to ask for: the pipe gets them, or as much of them as this user may have, and keeps that. 0 leaves the kernel's usual
    /// capacity (64 KiB); the first large send grows it then, as long as this process keeps to a quarter of what all pipes of
    /// the user may have together (fs.pipe-user-pages-soft). What there is now is <see cref="Capacity"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    /// <exception cref="SystemCallException">pipe2(2) failed (EMFILE).</exception>
    public static SplicePipe Create(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        PipeFactory.Create(out SafePipeHandle readEnd, out SafePipeHandle writeEnd);
        if (capacity != 0)
        {
            PipeLimits.Grow(writeEnd, capacity);
        }

        return new SplicePipe(readEnd, writeEnd, isSized: capacity != 0);
    }

    /// <summary>
    /// Makes a FIFO (mkfifo(3)): a pipe that has a name, at which programs meet that do not know each other
    /// (<see cref="SpliceWriter.OpenFifo"/>, <see cref="SpliceReader.OpenFifo"/>). It stays until the file is deleted.
    /// </summary>
    /// <param name="path">Where. Nothing may be there yet.</param>
    /// <param name="mode">Who may open it, less what the umask of this process takes away.</param>
    /// <exception cref="SystemCallException">
    /// mkfifo(3) failed: something is there (EEXIST), the folder may not be written to (EACCES), the file system has no FIFOs (EPERM).
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static void CreateFifo(string path, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SysStat.mkfifo(path, (uint)mode) == 0)
        {
            return;
        }

        int errno = Marshal.GetLastPInvokeError();
        throw errno switch
        {
            Errno.ENOENT => new DirectoryNotFoundException($"There is no folder for a FIFO '{path}'."),
            Errno.EEXIST => new SystemCallException("mkfifo", errno, $"There is something at '{path}' already (EEXIST). Open it if it is the FIFO that "
                + "you mean; delete it if it was left behind."),
            Errno.EPERM => new SystemCallException("mkfifo", errno, $"The file system of '{path}' has no FIFOs (EPERM)."),
            _ => SystemCallException.Create("mkfifo", errno, $"'{path}'"),
        };
    }

    /// <summary>Opens the write end. The writer owns it from now on.</summary>
    /// <param name="options">How to send.</param>
    /// <exception cref="ObjectDisposedException">The end went to a child, or was disposed with this object or with what was opened on it.</exception>
    public SpliceWriter OpenWriter(SpliceWriterOptions? options = null) => Note(SpliceWriter.OpenOwn(StillHere(WriteHandle), options, mayGrow: !_isSized));

    /// <summary>Opens the read end. The reader owns it from now on.</summary>
    /// <param name="options">How to read.</param>
    /// <exception cref="ObjectDisposedException">The end went to a child, or was disposed with this object or with what was opened on it.</exception>
    public SpliceReader OpenReader(SpliceReaderOptions? options = null) => Note(SpliceReader.OpenOwn(StillHere(ReadHandle), options));

    /// <summary>
    /// Starts a child that reads: it calls <see cref="SpliceReader.OpenInherited"/>. The read end is closed here, so that
    /// a child that dies is noticed.
    /// </summary>
    /// <param name="start">What to start; <see cref="ProcessStartInfo.UseShellExecute"/> must be off.</param>
    /// <exception cref="ObjectDisposedException">The end went to a child, or was disposed with this object or with what was opened on it.</exception>
    public Process StartChildWithReader(ProcessStartInfo start) => StartChild(start, StillHere(ReadHandle), ReaderVariable, _isSized);

    /// <summary>
    /// Starts a child that writes: it calls <see cref="SpliceWriter.OpenInherited"/>. The write end is closed here, so
    /// that the stream ends when the child does.
    /// </summary>
    /// <param name="start">What to start; <see cref="ProcessStartInfo.UseShellExecute"/> must be off.</param>
    /// <exception cref="ObjectDisposedException">The end went to a child, or was disposed with this object or with what was opened on it.</exception>
    public Process StartChildWithWriter(ProcessStartInfo start) => StartChild(start, StillHere(WriteHandle), WriterVariable, _isSized);

    /// <summary>
    /// Closes both ends, where nobody else closed them. Readers and writers that were opened here are disposed too: a call that
    /// waits in one of them ends with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        IPipeEndOwner[] all;
        lock (_gate)
        {
            all = [.. _opened];
        }

        foreach (IPipeEndOwner opened in all)
        {
            opened.EndCalls();
        }

        foreach (IPipeEndOwner opened in all)
        {
            opened.Dispose();
        }

        ReadHandle.Dispose();
        WriteHandle.Dispose();
    }

    /// <summary>Starts a child that inherits none of the ends which another one is just being given.</summary>
    internal static Process StartChild(ProcessStartInfo start)
    {
        lock (Starting)
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        }
    }

    private T Note<T>(T opened)
        where T : IPipeEndOwner
    {
        lock (_gate)
        {
            _opened.Add(opened);
        }

        return opened;
    }

    private SafePipeHandle StillHere(SafePipeHandle end)
    {
        if (!end.IsClosed)
        {
            return end;
        }

        (string name, string handOver) = end == WriteHandle ? ("write", nameof(StartChildWithWriter)) : ("read", nameof(StartChildWithReader));
        throw new ObjectDisposedException(
            nameof(SplicePipe),
            $"The {name} end of this pipe is closed: a child has it ({handOver}), or it was disposed. One pipe has one direction; create another for the "
                + $"other, or use SpliceLink.");
    }

    private static Process StartChild(ProcessStartInfo start, SafePipeHandle end, string variable, bool isSized)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.UseShellExecute)
        {
            throw new ArgumentException("UseShellExecute must be false: a shell does not pass descriptors on.", nameof(start));
        }

        lock (Starting)
        {
            start.Environment[variable] = end.DangerousGetHandle().ToString(CultureInfo.InvariantCulture) + (isSized ? PipeEnds.SizedMark : string.Empty);
            _ = Fcntl.fcntl(end, Fcntl.F_SETFD, 0);
            try
            {
                Process child = StartChild(start);
                end.Dispose();
                return child;
            }
            finally
            {
                start.Environment.Remove(variable);
                if (!end.IsClosed)
                {
                    _ = Fcntl.fcntl(end, Fcntl.F_SETFD, Fcntl.FD_CLOEXEC);
                }
            }
        }
    }
}
