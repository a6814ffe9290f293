using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods of a buffer's texts and lists: views that write their buffer's pages themselves.</summary>
internal sealed class SegmentViewModel(BodyEvaluation body)
{
    public PointsToSet Evaluate(Call call)
    {
        foreach (PassedArgument argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && BaseLibraryModel.IsMemory(parameter))
            {
                body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read);
            }
        }

        MemoryAccess access = SurfaceTable.OfSegmentView(call.Method.Name) == SurfaceAction.Writes ? MemoryAccess.Write : MemoryAccess.Read;
        body.Ownership.Access(call.On, call.Receiver?.Node ?? call.Node, access);
        return call.Method.ReturnsByRef || Carrier.IsView(call.Method.ReturnType) ? call.On : PointsToSet.Nothing;
    }
}
