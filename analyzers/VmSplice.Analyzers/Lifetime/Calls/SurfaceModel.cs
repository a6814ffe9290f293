using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Members of the runtime, by their declarations and by <see cref="SurfaceTable"/>.</summary>
internal sealed class SurfaceModel(BodyEvaluation body) : ICallModel
{
    public PointsToSet? Evaluate(Call call)
    {
        IMethodSymbol method = call.Method;
        switch (body.Shared.Types.Of(method.ContainingType))
        {
            case SpliceType.PageBuffer when SurfaceTable.OfPages(method.Name) == SurfaceAction.Allocates && MakesOwnType(method):
                return body.Expressions.Make(call.Node, AllocationKind.Pages);
            case SpliceType.PageBuffer or SpliceType.FrozenPages:
                return body.Calls.Pages.Evaluate(call);
            case SpliceType.SpliceWriter or SpliceType.SpliceGather:
                return Apply(call, body.Shared.SurfaceOf(method));
            case SpliceType.SpliceReader:
                body.Calls.RawCalls.MayDrain();
                return Apply(call, body.Shared.SurfaceOf(method));
            case SpliceType.SegmentView:
                return body.Calls.SegmentViews.Evaluate(call);
            case SpliceType.None when RuntimeNamespace.Holds(method) && body.Shared.SurfaceOf(method) is { TouchesMemory: true } member:
                return Apply(call, member);
            case SpliceType.RecordWriter or SpliceType.RecordReader:
                return body.Calls.Records.Evaluate(call);
        }

        if (call.Method.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            // GetValueOrDefault, which buffer?.Dispose() and r ??= Rent() call: the buffer by another name, and nothing is done to it. Whether
            // there is one at all is not followed from here on.
            body.Ownership.Escape(call.On);
            return call.On;
        }

        if (call.Receiver is { } stream && LibraryMemory.IsStreamOverMemory(Operand.Unwrap(stream.Operation).Type))
        {
            MemoryAccess access = method.Name.StartsWith("Write", StringComparison.Ordinal) ? MemoryAccess.Write
                : method.Name.StartsWith("Read", StringComparison.Ordinal) || method.Name.StartsWith("CopyTo", StringComparison.Ordinal) ? MemoryAccess.Read
                : MemoryAccess.None;
            body.Ownership.Access(stream.Value, call.Node, access);
            return Carrier.Carries(method.ReturnType) ? PointsToSet.Unknown : PointsToSet.Nothing;
        }

        // A buffer behind an interface: IDisposable of a using statement, IMemoryOwner<T>.
        if (call.Receiver is { } element && Locations.IsLocation(element.Operation) && !Carrier.Carries(element.Operation.Type))
        {
            // A method of an element, or of a record: it looks at the memory, whatever its name is.
            body.Ownership.Access(element.Value, element.Node, MemoryAccess.Read);
        }
        else if (call.Receiver is { } receiver && !Carrier.IsView(receiver.Operation.Type) && IsPagesOrSource(receiver.Value))
        {
            return receiver.Value.References[0].Site.Kind == AllocationKind.Pages ? body.Calls.Pages.Evaluate(call) : body.Calls.Records.Evaluate(call);
        }

        return body.Shared.Types.Of(method.ReturnType) is SpliceType.RecordWriter or SpliceType.RecordReader ? MakeSource(call) : null;
    }

    /// <summary>A factory, and not a member of the user's that has its name.</summary>
    private static bool MakesOwnType(IMethodSymbol method)
        => method.IsStatic && SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType);

    [MethodImpl(Hot.Path)]
    private static bool IsPagesOrSource(PointsToSet value)
        => !value.References.IsEmpty && value.References.All(one => one.Site.Kind is AllocationKind.Pages or AllocationKind.RecordSource);

    /// <summary>
    /// What the generator wrote makes a new one. Of a method in source its summary says more, and any other may hand out one that is
    /// somebody's already.
    /// </summary>
    private PointsToSet? MakeSource(Call call)
    {
        bool isNew = call.Method.IsStatic && SurfaceTable.OfFactory(call.Method.Name) == SurfaceAction.MakesWriter;
        if (!isNew && !call.Method.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        foreach (PassedArgument argument in call.Arguments)
        {
            body.Ownership.Escape(argument.Operation, argument.Value);
        }

        return LibraryModel.Declares(call.Method) ? null : body.Calls.Records.MakeSource(call.Node, call.Method.ReturnType, isNew);
    }

    /// <summary>Does to each argument what the member's declaration says.</summary>
    private PointsToSet Apply(Call call, SurfaceMember member)
    {
        foreach (PassedArgument argument in call.Arguments)
        {
            switch (member.EffectOn(argument.Parameter))
            {
                case ParameterEffect.Consumes:
                    TransferEach(call, argument, member);
                    break;
                case ParameterEffect.Writes:
                    body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Write,
                        body.Shared.Types.Of(argument.Operation.Type) == SpliceType.PageBuffer);
                    BeginIo(argument, call, member, fills: true);
                    break;
                case ParameterEffect.Borrows:
                    body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read);
                    BeginIo(argument, call, member, fills: false);
                    break;
            }
        }

        if (SurfaceTable.OfFactory(call.Method.Name) == SurfaceAction.MakesPipeWriter)
        {
            return body.Calls.Records.MakeSource(call.Node, call.Method.ReturnType, isNew: false);
        }

        return member.ReturnsPages ? body.Expressions.Make(call.Node, AllocationKind.Pages)
            : Carrier.Carries(call.Method.ReturnType) ? PointsToSet.Unknown : PointsToSet.Nothing;
    }

    /// <summary>
    /// Until the task is awaited a receive may write to its buffer, and a copying write may read its view. Frozen pages are held by the
    /// send itself.
    /// </summary>
    private void BeginIo(PassedArgument argument, Call call, SurfaceMember member, bool fills)
    {
        if (member.IsInBackground && (fills || Carrier.IsView(argument.Operation.Type)))
        {
            body.Running.Begin(argument.Value, new UnfinishedIo(call.Node, call.Method.Name, fills, BackgroundWork.IsWhole(argument.Operation)));
        }
    }

    /// <summary>The call takes the buffer, whether it is awaited or not; of a list whose text is in sight, each of its buffers.</summary>
    private void TransferEach(Call call, PassedArgument argument, SurfaceMember member)
    {
        (OwnershipState became, string verb) = member.Action switch
        {
            SurfaceAction.Gifts => (OwnershipState.Gifted, "gifted"),
            SurfaceAction.Sends => (OwnershipState.Sent, "sent"),
            _ => (OwnershipState.Sent, $"handed to '{call.Method.Name}'"),
        };
        if (body.Shared.Types.IsFollowed(argument.Operation.Type))
        {
            body.Ownership.Transfer(argument.Value, argument.Node, became, verb);
            return;
        }

        if (body.Collections.ElementsOf(argument.Operation, argument.Value) is not { } list)
        {
            if (argument.Value.References.All(one => one.Site.Kind == AllocationKind.Pages))
            {
                body.Ownership.Transfer(argument.Value, argument.Node, became, verb);
            }

            if (body.Paths.PathOf(Operand.Unwrap(argument.Operation)) is { } all)
            {
                body.Elements.TransferAll(all, argument.Node, became, verb);
            }

            return;
        }

        foreach ((IOperation element, PointsToSet buffer) in list)
        {
            body.Ownership.EndStorage(buffer, element.Syntax);

            // Where the list is a variable, it is the call that sends, not the line that made the list.
            SyntaxNode node = argument.Node.Contains(element.Syntax) ? element.Syntax : argument.Node;
            body.Ownership.Transfer(buffer, node, became, verb);
        }
    }
}
