namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>The statement of a kernel that a finding must point at.</summary>
internal enum MistakePart
{
    Make,
    Prepare,
    Act,
    Misuse,

    /// <summary>The parameter of the method.</summary>
    Parameter,
}
