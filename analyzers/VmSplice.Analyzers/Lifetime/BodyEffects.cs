namespace VmSplice.Analyzers.Lifetime;

/// <summary>What a body does on any of its paths.</summary>
internal sealed class BodyEffects
{
    private bool _returnsRawResult;
    private bool _returnsOther;
    private int _descriptor = -1;
    private bool _givesThroughOther;

    /// <summary>Something in it could empty a pipe.</summary>
    public bool MayDrain { get; set; }

    /// <summary>Each value that it returns is the result of a raw call.</summary>
    public bool ReturnsRawResult => _returnsRawResult && !_returnsOther;

    /// <summary>The parameter through which all that it gives to the raw call goes; -1 where that is none, or more than one.</summary>
    public int Descriptor => _givesThroughOther ? -1 : _descriptor;

    public void GivesThrough(int parameter)
    {
        _givesThroughOther |= parameter < 0 || (_descriptor >= 0 && _descriptor != parameter);
        _descriptor = parameter;
    }

    public void Returns(bool isRawResult)
    {
        _returnsRawResult |= isRawResult;
        _returnsOther |= !isRawResult;
    }
}
