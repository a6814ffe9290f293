namespace VmSplice.Generators;

/// <summary>The named steps of the pipeline, which the tests watch for needless work.</summary>
internal static class TrackingNames
{
    /// <summary>A declaration parsed: a model, a stub where it is wrong, or nothing.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The models of records alone.</summary>
    public const string Records = nameof(Records);

    /// <summary>The models of buffers alone.</summary>
    public const string Buffers = nameof(Buffers);

    /// <summary>The stubs alone.</summary>
    public const string Stubs = nameof(Stubs);
}
