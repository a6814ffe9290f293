using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Summaries;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Getters, setters and indexers with code behind them: calls of methods, which use the fields of their object.</summary>
internal sealed class CodedProperties(BodyEvaluation body)
{
    /// <summary>The value of a property with code behind it; null where nothing is known of that code.</summary>
    public PointsToSet? EvaluateGetter(IPropertyReferenceOperation property, PointsToSet on)
    {
        if (property.Property.GetMethod is not { DeclaringSyntaxReferences.IsEmpty: false } getter)
        {
            return null;
        }

        var call = new Call(getter, property, ReceiverOf(property, on), []);
        return HasEffect(call) ? body.Calls.Source.Evaluate(call) : null;
    }

    /// <summary>What the code behind a property does to the fields of its object when it is set.</summary>
    public void EvaluateSetter(IPropertyReferenceOperation property, PointsToSet value, IOperation? source)
    {
        if (property.Property.SetMethod is not { DeclaringSyntaxReferences.IsEmpty: false } setter || StoredMembers.FieldOf(property.Property) is not null)
        {
            return;
        }

        PassedArgument[] arguments = source is null ? [] : [new PassedArgument(setter.Parameters[setter.Parameters.Length - 1], source, value)];
        var call = new Call(setter, property, ReceiverOf(property, PointsToSet.Unknown), arguments);
        if (HasEffect(call))
        {
            body.Calls.Source.Evaluate(call);
        }
    }

    private static PassedArgument? ReceiverOf(IPropertyReferenceOperation property, PointsToSet on)
        => property.Instance is { } instance and not IInstanceReferenceOperation ? new PassedArgument(null, instance, on) : null;

    /// <summary>Whether the code behind a property uses a field of its object in which something is known to be.</summary>
    private bool HasEffect(Call accessor)
        => body.Calls.Source.HolderOf(accessor) is { } holder && body.State.Within(holder).Count > 0
        && body.Shared.Summaries.Of(accessor.Method, body.Budget.Cancellation) is { } summary && summary != MethodSummary.NeverReturns
        && (summary.Fields.Count > 0 || summary.Result.Fields.Count > 0);
}
