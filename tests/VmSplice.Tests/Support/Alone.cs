namespace VmSplice.Tests.Support;

/// <summary>Tests that run while no other does: they look at what the whole process does, or has.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
