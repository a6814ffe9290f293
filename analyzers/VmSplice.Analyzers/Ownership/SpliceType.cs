using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

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
