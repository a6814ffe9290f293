using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Calls;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// One body while it is evaluated: what is known of it from the start, the state of the point that is looked at, and the
/// classes that share the work. Lambdas and local functions in it share all of this, since they share its variables.
/// </summary>
internal sealed class BodyEvaluation
{
    private readonly Dictionary<OwnershipEvent, OwnershipEvent> _events = [];
    private readonly Stack<FunctionFrame> _functions = new();

    public BodyEvaluation(LifetimeContext shared, ISymbol owner, FlowBudget budget, bool summarizes)
    {
        Shared = shared;
        Owner = owner;
        Budget = budget;
        Summarizes = summarizes;
        Log = new EventLog(isWanted: !summarizes);
        Expressions = new Expressions(this);
        Locations = new Locations(this);
        Ranges = new Ranges(this);
        Elements = new Elements(this);
        Paths = new AccessPaths(this);
        Assignments = new Assignments(this);
        Stores = new Stores(this);
        Collections = new Collections(this);
        Creations = new Creations(this);
        Patterns = new Patterns(this);
        Adoption = new Adoption(this);
        Ownership = new OwnershipTransitions(this);
        Running = new RunningCalls(this);
        Calls = new CallEvaluator(this);
    }

    // What never changes.
    public LifetimeContext Shared { get; }

    /// <summary>The member whose body this is.</summary>
    public ISymbol Owner { get; }

    public FlowBudget Budget { get; }

    /// <summary>Whether a summary for callers is made; else findings.</summary>
    public bool Summarizes { get; }

    public AllocationSites Sites { get; } = new();

    /// <summary>The fields that the body reaches; known once its entry state is made.</summary>
    public BodyFields Fields { get; set; } = BodyFields.None;

    // Where the evaluation is.
    public LifetimeState State { get; set; } = new();

    /// <summary>The graph that is run: the member's, or that of a lambda or local function in it.</summary>
    public FunctionFrame Function => _functions.Peek();

    // What it leaves.
    public EventLog Log { get; }

    /// <summary>What the body does on any path, whether or not it returns from there. Grows; nothing asks before the end.</summary>
    public BodyEffects Effects { get; } = new();

    // Who does the work.
    public Expressions Expressions { get; }

    public Locations Locations { get; }

    public Ranges Ranges { get; }

    public Elements Elements { get; }

    public AccessPaths Paths { get; }

    public Assignments Assignments { get; }

    public Stores Stores { get; }

    public Collections Collections { get; }

    public Creations Creations { get; }

    public Patterns Patterns { get; }

    public Adoption Adoption { get; }

    public OwnershipTransitions Ownership { get; }

    public RunningCalls Running { get; }

    public CallEvaluator Calls { get; }

    public void Enter(FunctionFrame function) => _functions.Push(function);

    public void Exit() => _functions.Pop();

    /// <summary>One object for each event, so that comparing them is cheap.</summary>
    public OwnershipEvent EventAt(OwnershipState became, SyntaxNode node, string verb, MemoryRange? range = null)
    {
        var made = new OwnershipEvent(became, node, verb, range);
        if (_events.TryGetValue(made, out OwnershipEvent? known))
        {
            return known;
        }

        _events.Add(made, made);
        return made;
    }
}
