using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace VmSplice;

/// <summary>
/// A child process and a pipe in each direction: what is sent to <see cref="Writer"/> is its standard input, and
/// <see cref="Reader"/> reads its standard output. No other descriptor is inherited.
/// </summary>
/// <remarks>
/// A child that writes before it has read everything fills its output pipe and stops reading, so whoever sends everything
/// first and reads then may wait for ever. <see cref="Exchange"/> and <see cref="ExchangeAsync"/> do both at the same time; with the two ends used on
/// their own, use two threads or tasks.
/// </remarks>
public sealed class SpliceLink : IDuplexPipe, IDisposable
{
    private readonly Process? _child;
    private PipeReader? _input;
    private PipeWriter? _output;

    private SpliceLink(Process? child, SpliceWriter writer, SpliceReader reader)
    {
        _child = child;
        Writer = writer;
        Reader = reader;
    }

    /// <summary>Gets the end that sends to the other process.</summary>
    public SpliceWriter Writer { get; }

    /// <summary>Gets the end that receives from the other process.</summary>
    public SpliceReader Reader { get; }

    /// <summary>Gets the child.</summary>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    public Process Child => _child ?? throw new InvalidOperationException("This is the child's own side of the link.");

    /// <summary>Gets <see cref="Reader"/> for <c>System.IO.Pipelines</c>. Use the one or the other.</summary>
    PipeReader IDuplexPipe.Input => _input ??= Reader.AsPipeReader(leaveOpen: true);

    /// <summary>Gets <see cref="Writer"/> for <c>System.IO.Pipelines</c>. Completing it ends the child's input.</summary>
    PipeWriter IDuplexPipe.Output => _output ??= Writer.AsPipeWriter();

    /// <summary>Starts a child.</summary>
    /// <param name="start">What to start. Its standard input and output are redirected here.</param>
    /// <param name="options">How to send to it. The default is right with any program.</param>
    /// <exception cref="ArgumentException"><see cref="ProcessStartInfo.UseShellExecute"/> is set, or the options ask for a negative capacity.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program, or it may not be run.</exception>
    public static SpliceLink Start(ProcessStartInfo start, SpliceWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.UseShellExecute)
        {
            throw new ArgumentException("UseShellExecute must be false: a shell does not pass pipes on.", nameof(start));
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        Process child = SplicePipe.StartChild(start);
        try
        {
            return new SpliceLink(child, SpliceWriter.OpenStandardInput(child, options), SpliceReader.OpenStandardOutput(child));
        }
        catch
        {
            // Nobody would ever feed or end it.
            Kill(child);
            child.Dispose();
            throw;
        }
    }

    /// <summary>Opens the child's side: standard output is where it sends, standard input where it receives.</summary>
    /// <param name="options">How to send.</param>
    /// <exception cref="ArgumentException">Standard input is not a pipe.</exception>
    public static SpliceLink OpenStandard(SpliceWriterOptions? options = null)
        => new(child: null, SpliceWriter.OpenStandardOutput(options), SpliceReader.OpenStandardInput());

    /// <summary>
    /// Sends and receives at the same time, each in a thread of its own, until the child has ended; so neither direction
    /// can hold up the other. A receiving side that fails ends the child.
    /// </summary>
    /// <param name="send">Sends everything. The child's input ends when it returns.</param>
    /// <param name="receive">Receives everything.</param>
    /// <returns>The child's exit code.</returns>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    /// <exception cref="IOException">
    /// What <paramref name="receive"/> threw, else what <paramref name="send"/> did. That a child with exit code 0 left
    /// before it had read everything (<see cref="BrokenPipeException"/>) counts too.
    /// </exception>
    public int Exchange(Action<SpliceWriter> send, Action<SpliceReader> receive)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        Process child = Child;
        ExceptionDispatchInfo? sendFailure = null;
        var sender = new Thread(() => sendFailure = Catch(() =>
        {
            using SpliceWriter writer = Writer;
            send(writer);
        }))
        { IsBackground = true, Name = "VmSplice sender" };
        sender.Start();
        ExceptionDispatchInfo? receiveFailure = Catch(() =>
        {
            using SpliceReader reader = Reader;
            receive(reader);
        });
        if (receiveFailure is not null)
        {
            Kill(child);
        }

        sender.Join();
        child.WaitForExit();
        receiveFailure?.Throw();
        sendFailure?.Throw();
        return child.ExitCode;
    }

    /// <summary>
    /// Sends and receives at the same time, without a thread for either, until the child has ended; so neither direction can
    /// hold up the other. A receiving side that fails ends the child.
    /// </summary>
    /// <param name="send">Sends everything. The child's input ends when its task does.</param>
    /// <param name="receive">Receives everything.</param>
    /// <param name="cancellationToken">Kills the child, and is handed to both sides.</param>
    /// <returns>The child's exit code.</returns>
    /// <exception cref="InvalidOperationException">This is the child's side of the link.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for, also where the child had ended by itself.</exception>
    /// <exception cref="IOException">As of <see cref="Exchange"/>.</exception>
    public async Task<int> ExchangeAsync(
        Func<SpliceWriter, CancellationToken, Task> send,
        Func<SpliceReader, CancellationToken, Task> receive,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        Process child = Child;
        using CancellationTokenRegistration killing = cancellationToken.UnsafeRegister(static state => Kill((Process)state!), child);
        Task<ExceptionDispatchInfo?> sending = CatchAsync(async () =>
        {
            using SpliceWriter writer = Writer;
            await send(writer, cancellationToken).ConfigureAwait(false);
        });
        ExceptionDispatchInfo? receiveFailure = await CatchAsync(async () =>
        {
            using SpliceReader reader = Reader;
            await receive(reader, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (receiveFailure is not null)
        {
            Kill(child);
        }

        ExceptionDispatchInfo? sendFailure = await sending.ConfigureAwait(false);
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        receiveFailure?.Throw();
        sendFailure?.Throw();
        return child.ExitCode;
    }

    /// <summary>Closes both ends, which a child sees as the end of its input and as EPIPE. It is not waited for.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        _child?.Dispose();
    }

    private static ExceptionDispatchInfo? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    // On the thread pool: what either side does before it first waits must not hold up the other.
    private static Task<ExceptionDispatchInfo?> CatchAsync(Func<Task> action) => Task.Run(async () =>
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    });

    /// <summary>Ends a child that may wait for input which a sender, blocked itself, will never finish.</summary>
    private static void Kill(Process child)
    {
        if (!child.HasExited)
        {
            child.Kill();
        }
    }
}
