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
    internal static IReadOnlyDictionary<string, Action<Scene>> AllEnds { get; } = new Dictionary<string, Action<Scene>>
    {
        ["the reader"] = scene => scene.Reader.Dispose(),
        ["the reader's pipe"] = scene => scene.Empty.Dispose(),
        ["the writer"] = scene => scene.Writer.Dispose(),
        ["the writer's pipe"] = scene => scene.Full.Dispose(),
        ["the buffer"] = scene => scene.Buffer.Dispose(),
        ["the picture"] = scene => scene.Picture.Dispose(),
        ["the record reader"] = scene => scene.Records.Dispose(),
        ["the record writer"] = scene => scene.RecordWriter.Dispose(),
    };

    /// <inheritdoc/>
    public override string ToString() => Situation.Length == 0 ? Member : $"{Member}, {Situation}";
}
