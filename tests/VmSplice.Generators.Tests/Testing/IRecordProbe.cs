using VmSplice.CompilerServices;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>What the generated part of a loaded record says, and what the runtime really does with its type.</summary>
internal interface IRecordProbe
{
    RecordLayout Layout { get; }

    bool NeedsValidation { get; }

    int RealSize { get; }

    /// <summary>Checks these bytes as a record.</summary>
    int IndexOfInvalidField(ReadOnlySpan<byte> bytes);
}
