using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>
/// The methods whose summaries one thread is making, each of which called the next. A call back to one of them gets what
/// is assumed of it so far; what was found with the help of an assumption holds as long as the assumption does.
/// </summary>
internal sealed class SummaryChain
{
    /// <summary>Assumptions that turn out wrong, in all circles below one question: enough for some methods, not for a tangle of them.</summary>
    private const int MaxRevisions = 24;

    private readonly List<Link> _links = [];

    /// <summary>What was found on an assumption, and the lowest method of the chain on which one was made.</summary>
    private readonly Dictionary<IMethodSymbol, (MethodSummary? Found, int Lowest)> _provisional = new(SymbolEqualityComparer.Default);

    private int _revisions;

    /// <summary>What is assumed of a method of the chain, or was found of another on such an assumption.</summary>
    public MethodSummary? Supposed(IMethodSymbol method)
    {
        int at = _links.FindIndex(one => SymbolEqualityComparer.Default.Equals(one.Method, method));
        if (at >= 0)
        {
            _links[at].WasAsked = true;
            DependOn(at);
            return _links[at].Assumed;
        }

        if (_provisional.TryGetValue(method, out (MethodSummary? Found, int Lowest) known))
        {
            DependOn(known.Lowest);
            return known.Found;
        }

        return null;
    }

    /// <summary>Takes the innermost method for what was found of it; false where that is no news, or nobody asked.</summary>
    public bool Supposes(MethodSummary found)
    {
        Link top = _links[_links.Count - 1];
        if (!top.WasAsked || (top.Assumed != MethodSummary.NeverReturns && top.Assumed.Agrees(found)))
        {
            return false;
        }

        if (++_revisions > MaxRevisions)
        {
            // Of none of them anything is known then, rather than something that depends on who asked first.
            _links.ForEach(one => one.IsCut = true);
            return false;
        }

        (top.Assumed, top.WasAsked) = (found, false);
        _provisional.Clear();
        return true;
    }

    /// <summary>Whether the chain is too long; then what is found along it is not remembered.</summary>
    public bool Cuts(int maxDepth)
    {
        if (_links.Count < maxDepth)
        {
            return false;
        }

        _links.ForEach(one => one.IsCut = true);
        return true;
    }

    public void Enter(IMethodSymbol method) => _links.Add(new Link(method, _links.Count));

    /// <summary>Whether what was found holds whoever asks.</summary>
    public bool Leave(IMethodSymbol method, MethodSummary? found)
    {
        int top = _links.Count - 1;
        Link left = _links[top];
        _links.RemoveAt(top);
        foreach (IMethodSymbol one in _provisional.Where(pair => pair.Value.Lowest >= top).Select(pair => pair.Key).ToArray())
        {
            _provisional.Remove(one);
        }

        if (top == 0)
        {
            _revisions = 0;
        }

        if (left.Lowest < top && found is not null)
        {
            _provisional[method] = (found, left.Lowest);
        }

        return left.Lowest == top && !left.IsCut;
    }

    private void DependOn(int lowest)
    {
        for (int i = lowest + 1; i < _links.Count; i++)
        {
            _links[i].Lowest = Math.Min(_links[i].Lowest, lowest);
        }
    }

    private sealed class Link(IMethodSymbol method, int index)
    {
        public IMethodSymbol Method => method;

        /// <summary>What calls back to it are taken for, and whether there were any.</summary>
        public MethodSummary Assumed { get; set; } = MethodSummary.NeverReturns;

        public bool WasAsked { get; set; }

        /// <summary>The lowest method of the chain of which something was assumed on the way.</summary>
        public int Lowest { get; set; } = index;

        public bool IsCut { get; set; }
    }
}
