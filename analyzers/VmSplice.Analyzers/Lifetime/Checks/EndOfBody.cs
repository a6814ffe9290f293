using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>What holds at the normal end of a body, for checks of what it leaves behind.</summary>
internal sealed class EndOfBody(BodyEvaluation body, LifetimeState state, IMethodSymbol? method)
{
    public LifetimeState State => state;

    /// <summary>Null for the initializer of a field, and the like.</summary>
    public IMethodSymbol? Method => method;

    public ISymbol Owner => body.Owner;

    public BodyFields Fields => body.Fields;

    public LifetimeContext Shared => body.Shared;

    public CancellationToken Cancellation => body.Budget.Cancellation;

    /// <summary>All that was recorded on the way.</summary>
    public IEnumerable<LifetimeEvent> Events => body.Log.Steps.SelectMany(step => step.Events);
}
