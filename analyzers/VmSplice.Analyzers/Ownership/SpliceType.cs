namespace VmSplice.Analyzers.Ownership;

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
}
