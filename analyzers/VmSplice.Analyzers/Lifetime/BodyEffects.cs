using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

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

    /// <summary>Where the caller sees it, something else was put on some path; it may be that there is none.</summary>
    public HashSet<AccessPath> Assigned { get; } = [];

    public void GivesThrough(int parameter)
    {
        _givesThroughOther |= parameter < 0 || (_descriptor >= 0 && _descriptor != parameter);
        _descriptor = parameter;
    }

    /// <summary>The states in which it returns one constant or another; a null key is any other value. Null where they are not told apart.</summary>
    public Dictionary<object, LifetimeState>? Returned { get; private set; } = [];

    /// <summary>What the key of <see cref="Returned"/> is where the value is no constant.</summary>
    public static object NoConstant { get; } = new();

    /// <summary>The body returns in a state; what ends after the <c>return</c> is not in it.</summary>
    public void ReturnsIn(LifetimeState state, object? constant, bool isLast)
    {
        const int MaxConstants = 4;
        if (!isLast || Returned is { Count: > MaxConstants })
        {
            Returned = null;
        }

        if (Returned is not { } known)
        {
            return;
        }

        object key = constant ?? NoConstant;
        if (known.TryGetValue(key, out LifetimeState? before))
        {
            before.Merge(state.Copy());
        }
        else
        {
            known.Add(key, state.Copy());
        }
    }

    public void Returns(bool isRawResult)
    {
        _returnsRawResult |= isRawResult;
        _returnsOther |= !isRawResult;
    }
}
