namespace VmSplice.Analyzers.Lifetime;

/// <summary>What a body does on any of its paths.</summary>
internal sealed class BodyEffects
{
    private bool _returnsRawResult;
    private bool _returnsOther;

    /// <summary>Something in it could empty a pipe.</summary>
    public bool MayDrain { get; set; }

    /// <summary>Each value that it returns is the result of a raw call.</summary>
    public bool ReturnsRawResult => _returnsRawResult && !_returnsOther;

    public void Returns(bool isRawResult)
    {
        _returnsRawResult |= isRawResult;
        _returnsOther |= !isRawResult;
    }
}
