using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>What the generator makes of a declaration: the model of a record or of a buffer, a stub where it is wrong, or nothing.</summary>
internal readonly record struct Parsed(RecordModel? Record, BufferModel? Buffer, StubModel? Stub);
