namespace VmSplice.Generators;

/// <summary>The named steps of the pipeline, which the tests watch for needless work.</summary>
internal static class TrackingNames
{
    /// <summary>A record's declaration parsed: a model, or a stub where it is wrong.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The models of records alone.</summary>
    public const string Records = nameof(Records);

    /// <summary>A buffer's declaration parsed: a model, or a stub where it is wrong.</summary>
    public const string ParseBuffers = nameof(ParseBuffers);

    /// <summary>The models of buffers alone.</summary>
    public const string Buffers = nameof(Buffers);

    /// <summary>A segment of no buffer found: a stub of its type, or nothing.</summary>
    public const string ParseStraySegments = nameof(ParseStraySegments);
}
