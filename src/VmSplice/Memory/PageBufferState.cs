namespace VmSplice;

/// <summary>Who has a buffer's pages.</summary>
public enum PageBufferState
{
    /// <summary>The buffer was disposed, or its pages have gone to another buffer since, or it is <see langword="default"/>.</summary>
    Disposed,

    /// <summary>The pages are yours to read and write.</summary>
    Owned,

    /// <summary>The buffer was sent. Its pages may still be in flight.</summary>
    Sent,

    /// <summary>The pages were given away for good.</summary>
    Gifted,

    /// <summary>The pages are read-only and belong to a <see cref="FrozenPages{T}"/>.</summary>
    Frozen,
}
