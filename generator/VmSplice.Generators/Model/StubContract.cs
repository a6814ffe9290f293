namespace VmSplice.Generators.Model;

/// <summary>Which of the runtime's interfaces a stub declares, so that code that uses the type compiles.</summary>
internal enum StubContract
{
    None,
    Record,
    Buffer,
}
