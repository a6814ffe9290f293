namespace VmSplice.Tests.Disposal;

/// <summary>A public call that waits, and what it uses.</summary>
/// <param name="Member">As <see cref="BlockingCalls.NameOf"/> names it.</param>
/// <param name="Situation">What it waits for, where there are several things.</param>
/// <param name="Ends">The public ways to end what it uses.</param>
/// <param name="Prepare">What comes before it, and does not wait.</param>
/// <param name="Run">The call. A task where it waits without a thread.</param>
internal sealed record BlockingCall(string Member, string Situation, string[] Ends, Action<Scene> Prepare, Func<Scene, Task?> Run)
{
    /// <summary>Gets the ways to end what a call uses.</summary>
    internal static IReadOnlyDictionary<string, CallEnd> AllEnds { get; } = new Dictionary<string, CallEnd>
    {
        ["the reader"] = Disposes(scene => scene.Reader.Dispose()),
        ["the reader's pipe"] = Disposes(scene => scene.Empty.Dispose()),
        ["the writer"] = Disposes(scene => scene.Writer.Dispose()),
        ["the writer's pipe"] = Disposes(scene => scene.Full.Dispose()),
        ["the buffer"] = Disposes(scene => scene.Buffer.Dispose()),
        ["the picture"] = Disposes(scene => scene.Picture.Dispose()),
        ["the record reader"] = Disposes(scene => scene.Records.Dispose()),
        ["the record writer"] = Disposes(scene => scene.RecordWriter.Dispose()),
        ["the stream"] = Disposes(scene => scene.Stream.Dispose()),
        ["the link"] = Disposes(scene => scene.Link.Dispose()),
        ["the link's writer"] = Disposes(scene => scene.Link.Writer.Dispose()),
        ["the link's reader"] = Disposes(scene => scene.Link.Reader.Dispose()),
        ["the token"] = new(scene => scene.Cancellation.Cancel(), typeof(OperationCanceledException)),
        ["the time"] = new(_ => { }, typeof(TimeoutException)),
        ["the time it was given"] = new(_ => { }, Error: null),
        ["the other side of the FIFO"] = new(scene => scene.OpenOtherSide(), Error: null),
        ["the child that was to read"] = new(scene => scene.Link.Child.Kill(), typeof(BrokenPipeException)),
        ["the child that is waited for"] = new(scene => scene.Link.Child.Kill(), Error: null),
        ["the pending flush"] = new(scene => scene.PipeWriter.CancelPendingFlush(), Error: null),
        ["the pending read"] = new(scene => scene.PipeReader.CancelPendingRead(), Error: null),
    };

    /// <summary>A call that takes a thread.</summary>
    internal static BlockingCall Blocks(string member, string[] ends, Action<Scene> run, Action<Scene>? prepare = null, string situation = "")
        => new(member, situation, ends, prepare ?? (_ => { }), s =>
        {
            run(s);
            return null;
        });

    /// <summary>A call that takes none.</summary>
    internal static BlockingCall Waits(string member, string[] ends, Func<Scene, Task> run, Action<Scene>? prepare = null, string situation = "")
        => new(member, situation, ends, prepare ?? (_ => { }), run);

    private static CallEnd Disposes(Action<Scene> run) => new(run, typeof(ObjectDisposedException));

    /// <inheritdoc/>
    public override string ToString() => Situation.Length == 0 ? Member : $"{Member}, {Situation}";
}
