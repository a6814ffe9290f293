namespace VmSplice.Generators;

/// <summary>The named steps of the pipeline, which the tests watch for needless work.</summary>
internal static class TrackingNames
{
    /// <summary>A declaration parsed: a model, or nothing where it is wrong.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The models alone.</summary>
    public const string Records = nameof(Records);
}
