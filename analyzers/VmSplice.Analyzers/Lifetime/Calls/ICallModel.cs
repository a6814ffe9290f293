using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>One source of knowledge about what calls do: to their receiver, to their arguments, and what they give.</summary>
internal interface ICallModel
{
    /// <summary>Does to the state what the call does, and gives what it returns; null where this source knows nothing of it.</summary>
    PointsToSet? Evaluate(Call call);
}
