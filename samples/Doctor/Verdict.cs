namespace Doctor;

/// <summary>What a finding means; the worst of them is the exit code.</summary>
internal enum Verdict
{
    /// <summary>As good as it gets.</summary>
    Good = 0,

    /// <summary>Right, but slower than this machine could be.</summary>
    Slower = 2,

    /// <summary>Right, but nothing is shared: every byte is copied.</summary>
    Copies = 3,
}
