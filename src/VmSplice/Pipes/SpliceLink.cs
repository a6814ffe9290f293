using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// A child process and a pipe in each direction: what is sent to <see cref="Writer"/> is its standard input, and
/// <see cref="Reader"/> reads its standard output. No other descriptor is inherited.
/// </summary>
/// <remarks>
/// <para>
/// A child that writes before it has read everything fills its output pipe and stops reading, so whoever sends everything
/// first and reads then may wait for ever. <see cref="Exchange"/> and <see cref="ExchangeAsync"/> do both at the same time; with the two ends used on
/// their own, use two threads or tasks.
/// </para>
/// <para>
/// A stream ends with the last process that has it. What the child started and left behind may have inherited its standard
/// streams; then <see cref="Reader"/> waits for that too.
/// </para>
/// </remarks>
public sealed class SpliceLink : IDuplexPipe, IDisposable
{
    private readonly Process? _child;
    private readonly ErrorTail? _errors;
    private PipeReader? _input;
    private PipeWriter? _output;

    private SpliceLink(Process? child, SpliceWriter writer, SpliceReader reader, ErrorTail? errors)
    {
        _child = child;
        _errors = errors;
        Writer = writer;
        Reader = reader;
    }

    /// <summary>Gets the end that sends to the other process.</summary>
    public SpliceWriter Writer { get; }

    /// <summary>Gets the end that receives from the other process.</summary>
    public SpliceReader Reader { get; }

    /// <summary>Gets the child. It is not disposed with the link.</summary>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    public Process Child => _child ?? throw new InvalidOperationException("This is the child's own side of the link.");

    /// <summary>
    /// Gets the last 4 KiB of what the child has written to standard error by now, where
    /// <see cref="ProcessStartInfo.RedirectStandardError"/> was set; empty otherwise. The link reads it, so that the child
    /// never waits: do not read it from <see cref="Child"/>.
    /// </summary>
    public string StandardErrorTail => _errors?.ToString() ?? string.Empty;

    /// <summary>Gets <see cref="Reader"/> for <c>System.IO.Pipelines</c>. Use the one or the other.</summary>
    PipeReader IDuplexPipe.Input => _input ??= Reader.AsPipeReader(leaveOpen: true);

    /// <summary>Gets <see cref="Writer"/> for <c>System.IO.Pipelines</c>. Completing it ends the child's input.</summary>
    PipeWriter IDuplexPipe.Output => _output ??= Writer.AsPipeWriter();

    /// <summary>Starts a child.</summary>
    /// <param name="start">
    /// What to start. Its standard input and output are redirected here, and are bytes: encodings of text do not count. A
    /// standard error that is redirected is read here too, see <see cref="StandardErrorTail"/>.
    /// </param>
    /// <param name="options">How to send to it. The default is right with any program.</param>
    /// <param name="readerOptions">How to receive from it.</param>
    /// <exception cref="ArgumentException"><see cref="ProcessStartInfo.UseShellExecute"/> is set, or the options ask for a negative capacity.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program, or it may not be run.</exception>
    public static SpliceLink Start(ProcessStartInfo start, SpliceWriterOptions? options = null, SpliceReaderOptions? readerOptions = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.UseShellExecute)
        {
            throw new ArgumentException("UseShellExecute must be false: a shell does not pass pipes on.", nameof(start));
        }

        Process child = StartBinary(start);
        try
        {
            ErrorTail? errors = start.RedirectStandardError ? ErrorTail.Start(child) : null;
            return new SpliceLink(child, SpliceWriter.OpenChildInput(child, options), SpliceReader.OpenChildOutput(child, readerOptions), errors);
        }
        catch
        {
            // Nobody would ever feed or end it.
            ProcessTree.TryKill(child);
            child.Dispose();
            throw;
        }
    }

    /// <summary>Opens the child's side: standard output is where it sends, standard input where it receives.</summary>
    /// <param name="options">How to send.</param>
    /// <param name="readerOptions">How to receive.</param>
    /// <exception cref="ArgumentException">Standard input is not open for reading, or standard output not for writing.</exception>
    public static SpliceLink OpenStandard(SpliceWriterOptions? options = null, SpliceReaderOptions? readerOptions = null)
        => new(child: null, SpliceWriter.OpenStandardOutput(options), SpliceReader.OpenStandardInput(readerOptions), errors: null);

    /// <summary>
    /// Sends and receives at the same time, each in a thread of its own, until the child has ended; so neither direction
    /// can hold up the other. The first side that fails ends the child and whatever that started, and closes both ends.
    /// </summary>
    /// <param name="send">Sends everything. The child's input ends when it returns.</param>
    /// <param name="receive">Receives everything. The child's output ends with the last process that has it, which may outlive the child.</param>
    /// <param name="cancellationToken">Ends the child and whatever it started, and both sides' calls on the link.</param>
    /// <returns>The child's exit code.</returns>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for before the child had ended.</exception>
    /// <exception cref="BrokenPipeException">
    /// The child closed its input before it had read everything, with exit code 0 too. The message has the exit code, and the
    /// end of a redirected standard error.
    /// </exception>
    /// <exception cref="IOException">What <paramref name="send"/> or <paramref name="receive"/> threw: the first of them, of whatever type.</exception>
    /// <remarks>Where one side has failed, the call still waits for the other to return: do not let it wait for anything but the link.</remarks>
    public int Exchange(Action<SpliceWriter> send, Action<SpliceReader> receive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        _ = Child;
        using LinkExchange exchange = new(this);
        return exchange.Run(send, receive, cancellationToken);
    }

    /// <summary>
    /// Sends and receives at the same time, without a thread for either, until the child has ended; so neither direction can
    /// hold up the other. The first side that fails ends the child and whatever that started, and closes both ends.
    /// </summary>
    /// <param name="send">Sends everything. The child's input ends when its task does. Its token is cancelled where the exchange has failed.</param>
    /// <param name="receive">Receives everything. Its token is cancelled where the exchange has failed.</param>
    /// <param name="cancellationToken">Ends the child and whatever it started, and both sides.</param>
    /// <returns>The child's exit code.</returns>
    /// <inheritdoc cref="Exchange(Action{SpliceWriter}, Action{SpliceReader}, CancellationToken)" path="/exception"/>
    public async Task<int> ExchangeAsync(
        Func<SpliceWriter, CancellationToken, Task> send,
        Func<SpliceReader, CancellationToken, Task> receive,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        _ = Child;
        using LinkExchange exchange = new(this);
        return await exchange.RunAsync(send, receive, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the child in order: its input ends, and it has some time to end by itself. Then it is ended, with whatever it
    /// started. What it still sends is thrown away, so read before what you want.
    /// </summary>
    /// <param name="timeout">How long it has; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the child at once.</param>
    /// <returns>Whether it ended by itself. <see cref="Child"/> has the exit code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for. The child has ended all the same.</exception>
    public bool Stop(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        CheckTimeout(timeout);
        return LinkStop.Run(this, timeout, cancellationToken);
    }

    /// <summary>Ends the child in order, without a thread that waits.</summary>
    /// <inheritdoc cref="Stop(TimeSpan, CancellationToken)"/>
    public Task<bool> StopAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        CheckTimeout(timeout);
        _ = Child;
        return LinkStop.RunAsync(this, timeout, cancellationToken);
    }

    /// <summary>
    /// Closes both ends, which a child sees as the end of its input and as EPIPE. It is not waited for, and not ended:
    /// <see cref="Child"/> stays usable. Calls under way end with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
    }

    /// <summary>Starts a child whose standard input begins with the first byte that is sent: an encoding with a byte order mark would write that.</summary>
    private static Process StartBinary(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        Encoding? ofText = start.StandardInputEncoding;
        start.StandardInputEncoding = null;
        try
        {
            return SplicePipe.StartChild(start);
        }
        finally
        {
            start.StandardInputEncoding = ofText;
        }
    }

    private static void CheckTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout.TotalMilliseconds, int.MaxValue, nameof(timeout));
        }
    }
}
