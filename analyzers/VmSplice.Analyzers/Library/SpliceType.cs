namespace VmSplice.Analyzers.Library;

/// <summary>The types of the runtime that are told apart. A spliceable buffer is a <see cref="PageBuffer"/>.</summary>
internal enum SpliceType
{
    None,
    PageBuffer,
    FrozenPages,
    SpliceWriter,
    SpliceReader,
    SpliceGather,
    RecordWriter,
    RecordReader,
    PageBufferState,

    /// <summary>A text or a list of a spliceable buffer: a view of its pages with members of its own.</summary>
    SegmentView,
}
