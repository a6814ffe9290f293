namespace VmSplice.Tests.Disposal;

/// <summary>A public way to end what a call uses.</summary>
/// <param name="Run">Ends it.</param>
/// <param name="Error">What the call then throws; <see langword="null"/> where it returns.</param>
internal sealed record CallEnd(Action<Scene> Run, Type? Error);
