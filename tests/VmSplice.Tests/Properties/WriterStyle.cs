namespace VmSplice.Tests.Properties;

/// <summary>Through which member of the writer records are written.</summary>
internal enum WriterStyle
{
    Next,
    WriteOne,
    WriteMany,
    Span,
    Memory,
    Mixed,
}
