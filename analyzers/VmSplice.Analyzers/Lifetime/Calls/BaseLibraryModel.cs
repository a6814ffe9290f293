using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods of the base library, by <see cref="LibraryModel"/>.</summary>
internal sealed class BaseLibraryModel(BodyEvaluation body) : ICallModel
{
    [MethodImpl(Hot.Path)]
    public PointsToSet? Evaluate(Call call) => LibraryModel.Declares(call.Method) ? Apply(call) : null;

    [MethodImpl(Hot.Path)]
    private PointsToSet Apply(Call call)
    {
        IMethodSymbol method = call.Method;
        if (call.Receiver is { } receiver)
        {
            MemoryAccess access = LibraryModel.AccessOfReceiver(method);
            if (Carrier.IsView(receiver.Operation.Type) || receiver.Operation.Type is IArrayTypeSymbol)
            {
                body.Ownership.Access(receiver.Value, call.Node, access);
            }
        }

        bool isCollection = LibraryModel.IsCollection(method.ContainingType);
        if (isCollection && call.Receiver is { } collection && IsRemoval(method.Name) && body.Paths.PathOf(collection.Operation) is { } emptied)
        {
            body.Log.RecordAside(new CollectionEmptied(call.Node, emptied));
        }

        PointsToSet carried = call.On.References.IsEmpty ? PointsToSet.Nothing : call.On;
        foreach (PassedArgument argument in call.Arguments)
        {
            carried = argument.Value.References.IsEmpty ? carried : PointsToSet.Join(carried, argument.Value);
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (body.Shared.Types.IsFollowed(argument.Operation.Type) || !IsMemory(parameter))
            {
                PassToBaseLibrary(call, argument, isCollection);
            }
            else
            {
                body.Ownership.Access(argument.Value, argument.Node, LibraryModel.AccessOf(method.ReducedFrom ?? method, parameter));
            }
        }

        if (RawCallModel.CouldDrain(call))
        {
            body.Calls.RawCalls.MayDrain();
        }

        bool returnsView = Carrier.IsView(method.ReturnType) || method.RefKind != RefKind.None
            || method.Name is "GetValueOrDefault" or "GetAwaiter" or "ConfigureAwait" or "GetEnumerator" or "AsTask" or "GetResult" or "WaitAsync";
        return !returnsView ? Carrier.Carries(method.ReturnType) ? PointsToSet.Unknown : PointsToSet.Nothing
            : carried.References.IsEmpty ? PointsToSet.Unknown : carried;
    }

    private static bool IsRemoval(string name)
        => name is "Clear" || name.StartsWith("Remove", StringComparison.Ordinal) || name.Contains("Dequeue") || name.Contains("Pop") || name.Contains("TryTake");

    public static bool IsMemory(IParameterSymbol parameter)
        => parameter.RefKind != RefKind.None || Carrier.IsView(parameter.Type) || parameter.Type is IArrayTypeSymbol;

    [MethodImpl(Hot.Path)]
    private void PassToBaseLibrary(Call call, PassedArgument argument, bool isCollection)
    {
        if (argument.Value.References.IsEmpty && !body.Ownership.HoldsBuffers(argument.Operation))
        {
            return;
        }

        // Select, Task.Run: it ends with the work, or what it does is the work. A collection keeps its elements, and calls what is none.
        if (body.Calls.Functions.RunsFunction(argument, mayKeep: isCollection && argument.Parameter?.OriginalDefinition.Type is ITypeParameterSymbol))
        {
            return;
        }

        if (call.Method.Name is "KeepAlive" or "ThrowIfNull" or "ReferenceEquals")
        {
            return;
        }

        if (isCollection)
        {
            body.Collections.StoredIn(argument.Value, argument.Node, call.Receiver is { } receiver ? body.Paths.PathOf(receiver.Operation) : null);
        }

        body.Ownership.Escape(argument.Operation, argument.Value);
    }
}
