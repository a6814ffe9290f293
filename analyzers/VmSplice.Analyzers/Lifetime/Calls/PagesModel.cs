using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods that are called on a buffer or on frozen pages, by whatever type.</summary>
internal sealed class PagesModel(BodyEvaluation body)
{
    public PointsToSet Evaluate(Call call)
    {
        switch (SurfaceTable.OfPages(call.Method.Name))
        {
            case SurfaceAction.Freezes:
                body.Ownership.Access(call.On, call.Receiver!.Value.Node, MemoryAccess.Read, throughBuffer: true);
                body.Running.Record(call.On, call.Node, "it is frozen here");
                body.Ownership.Change(call.On, OwnershipState.Frozen, call.Node, "frozen");
                return call.On;
            case SurfaceAction.Disposes:
                body.Ownership.Dispose(call.On, call.Node,
                    isOfBuffer: body.Shared.Types.Of(RuntimeSymbols.Unwrap(Operand.Unwrap(call.Receiver!.Value.Operation).Type)) == SpliceType.PageBuffer);
                return PointsToSet.Nothing;
            case SurfaceAction.Identifies:
                return PointsToSet.Nothing;
            default:
                // Something of the user's own: a method that they gave their [Spliceable] class.
                body.Ownership.Access(call.On, call.Receiver?.Node ?? call.Node, MemoryAccess.Read, throughBuffer: true);
                body.Ownership.Escape(call.On);
                return PointsToSet.Unknown;
        }
    }
}
