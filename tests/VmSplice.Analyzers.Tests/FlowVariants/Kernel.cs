namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>
/// One mistake at its smallest. In each text <c>B</c> is whatever the variant calls the buffer or writer.
/// </summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Rule">The rule that says so where nothing is in doubt; in doubt VMS2004 may.</param>
/// <param name="Type">The type of <c>B</c>.</param>
/// <param name="Act">What gives the memory away.</param>
internal sealed record Kernel(string Name, string Rule, string Type, string Act)
{
    /// <summary>What makes one, given the writer <c>w</c>: an expression.</summary>
    public string Make { get; init; } = "w.Rent<int>(4)";

    /// <summary>Statements that make one into <c>B</c>, where no expression does.</summary>
    public string? MakeInto { get; init; }

    /// <summary>What makes one in the repaired twin, where the mistake is what it is made of.</summary>
    public string? RepairedMake { get; init; }

    public string? RepairedMakeInto { get; init; }

    /// <summary>Statements before the act: the view that is used later.</summary>
    public string Prepare { get; init; } = "";

    public string? RepairedPrepare { get; init; }

    public string? RepairedAct { get; init; }

    /// <summary>What is wrong after the act, and right before it.</summary>
    public string Misuse { get; init; } = "";

    /// <summary>What the twin does after the act, where the mistake is to leave that out.</summary>
    public string Repair { get; init; } = "";

    /// <summary>Whether the misuse is wrong before the act too, so that the repaired twin does without it.</summary>
    public bool IsOnlyOnce { get; init; }

    /// <summary>What ends the life of one that was made.</summary>
    public string End { get; init; } = "";

    /// <summary>Fields and methods of the class.</summary>
    public string Members { get; init; } = "";

    /// <summary>The line that the rule names.</summary>
    public MistakePart Named { get; init; } = MistakePart.Misuse;

    /// <summary>Whether the method makes what the variant would be given: what a caller gives is not known to be wrong.</summary>
    public bool IsMadeHere { get; init; }

    /// <summary>Whether what is made here is declared with <c>using</c>.</summary>
    public bool IsDisposedHere { get; init; }

    /// <summary>What the parameter of the method says that the method does.</summary>
    public string? Annotation { get; init; }

    /// <summary>Names of variants that are no way for this mistake, and why.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];
}
