using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Methods of the base library, by <see cref="LibraryModel"/>.</summary>
internal sealed class BaseLibraryModel(BodyEvaluation body) : ICallModel
{
    [MethodImpl(Hot.Path)]
    public PointsToSet? Evaluate(Call call) => LibraryModel.Declares(call.Method) ? Apply(call) : null;

    private PointsToSet Apply(Call call)
    {
        IMethodSymbol method = call.Method;
        if (call.Receiver is { } receiver)
        {
            MemoryAccess access = LibraryModel.AccessOfReceiver(method);
            if ((Carrier.IsView(receiver.Operation.Type) || receiver.Operation.Type is IArrayTypeSymbol) && !IsListOfSegments(receiver.Operation))
            {
                body.Ownership.Access(receiver.Value, call.Node, access);
            }
        }

        bool isCollection = LibraryModel.IsCollection(method.ContainingType);
        if (isCollection && call.Receiver is { } collection && IsRemoval(method.Name) && body.Paths.PathOf(collection.Operation) is { } emptied)
        {
            body.Log.RecordAside(new CollectionEmptied(call.Node, emptied));
            body.Collections.Batches.Empty(emptied);
        }

        PointsToSet carried = call.On.References.IsEmpty ? PointsToSet.Nothing : call.On;
        bool isSlice = body.Shared.SeesRawCalls && SegmentType.Of(method.ReturnType) is null;
        foreach (PassedArgument argument in call.Arguments)
        {
            bool isList = IsListOfSegments(argument.Operation);
            carried = argument.Value.References.IsEmpty || (isList && isSlice && IsWindow(method.ReturnType)) ? carried
                : PointsToSet.Join(carried, argument.Value);
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            bool isElement = isCollection && parameter.OriginalDefinition.Type is ITypeParameterSymbol && !OnlyLooksFor(method.Name);
            if (body.Shared.Types.IsFollowed(argument.Operation.Type) || isElement || !IsMemory(parameter))
            {
                PassToBaseLibrary(call, argument, isCollection);
            }
            else if (!isList)
            {
                MemoryAccess access = LibraryModel.AccessOf(method.ReducedFrom ?? method, parameter);
                body.Ownership.Access(isSlice ? Reached(argument, call) : argument.Value, argument.Node, access);
                if (access != MemoryAccess.None && BackgroundWork.IsTask(method.ReturnType) && Carrier.IsView(argument.Operation.Type))
                {
                    body.Running.Begin(argument.Value, new UnfinishedIo(
                        call.Node, method.Name, fills: access == MemoryAccess.Write, BackgroundWork.IsWhole(argument.Operation)));
                }
            }
        }

        ForgetCleared(call);
        if (RawCallModel.CouldDrain(call))
        {
            body.Calls.RawCalls.MayDrain();
        }

        if (call.Operation is IInvocationOperation enumeration && method.Name == "GetEnumerator")
        {
            if (body.Elements.ListIn(enumeration) is { } entered)
            {
                body.Elements.Enter(entered, call.Node);
            }
            else if (call.Receiver is { } nameless)
            {
                // What a list without a name holds, the variable of the loop gets.
                body.Ownership.EscapeWithin(nameless.Operation, nameless.Value);
            }
        }
        else if (isCollection && call.Receiver is { Operation: { } list } && !OnlyLooksAt(method.Name) && body.Paths.PathOf(list) is { } changed)
        {
            body.Elements.Forget(changed);
        }

        if (call.Arguments.Length > 0 && call.Arguments[0].Value.Single is { Kind: AllocationKind.RecordSource } reader)
        {
            if (LibraryModel.GathersAll(method.Name))
            {
                body.Log.Record(new BatchesGathered(call.Node, reader, method.Name));
            }
            else if (LibraryModel.PassesElements(method.Name))
            {
                return PointsToSet.Of(reader);
            }
        }

        if (isSlice && LibraryMemory.MakesArray(method))
        {
            // Nothing pins it yet.
            return body.Expressions.Make(call.Node, AllocationKind.Managed);
        }

        bool returnsView = Carrier.IsView(method.ReturnType) || method.RefKind != RefKind.None
            || method.Name is "GetValueOrDefault" or "GetAwaiter" or "ConfigureAwait" or "GetEnumerator" or "AsTask" or "GetResult" or "WaitAsync";
        return !returnsView ? Carrier.Carries(method.ReturnType) ? PointsToSet.Unknown : PointsToSet.Nothing
            : carried.References.IsEmpty ? PointsToSet.Unknown : isSlice ? PartOf(carried, call) : carried;
    }

    /// <summary>The kernel is done with a list of segments when the call returns: it may be written then. What it describes is elsewhere.</summary>
    private bool IsListOfSegments(IOperation operation) => body.Shared.SeesRawCalls && SegmentType.Of(Operand.Unwrap(operation).Type) is not null;

    /// <summary>A view of the list itself, as <c>MemoryMarshal.AsBytes</c> makes: it leads nowhere else.</summary>
    private static bool IsWindow(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" };

    /// <summary>A list of segments that was cleared describes nothing.</summary>
    private void ForgetCleared(Call call)
    {
        IOperation? cleared = call.Method.Name != "Clear" ? null
            : call.Receiver?.Operation ?? (call.Arguments.Length == 1 ? call.Arguments[0].Operation : null);
        if (cleared is not null && IsListOfSegments(cleared) && body.Paths.PathOf(cleared) is { Root: ILocalSymbol } list)
        {
            body.State.Set(list, PointsToSet.Nothing);
        }
    }

    /// <summary>
    /// What of its memory a call returns: <c>Slice(start, length)</c>, <c>AsSpan(start)</c>, <c>UnsafeAddrOfPinnedArrayElement(array, i)</c>.
    /// </summary>
    private PointsToSet PartOf(PointsToSet memory, Call call)
    {
        ITypeSymbol? element = Expressions.ElementOf(call.Method.ReturnType) ?? Expressions.ElementOf(call.Arguments.FirstOrDefault().Operation?.Type)
            ?? body.Expressions.PointedAt(type: null);
        (IOperation? start, IOperation? length) = (NumberAt(call, "start", "elementOffset", "index", "byteOffset", "startIndex"), NumberAt(call, "length"));
        PointsToSet part = start is null
            ? memory : body.Ranges.From(memory, start, call.Method.RefKind != RefKind.None ? call.Method.ReturnType : element, call.Operation);
        return length is not null ? body.Ranges.Take(part, length, element)
            : start is null && call.Method.Name.StartsWith("Trim", StringComparison.Ordinal) ? body.Ranges.From(memory, offset: null, element, call.Operation)
            : call.Method.RefKind != RefKind.None ? body.Ranges.Unbounded(part) : part;
    }

    /// <summary>How far a call goes from the pointer that it gets.</summary>
    private PointsToSet Reached(PassedArgument argument, Call call)
        => NumberAt(call, "ofs") is { } offset
            ? body.Ranges.Take(body.Ranges.From(argument.Value, offset, body.Expressions.PointedAt(type: null), call.Operation), length: null, element: null)
        : NumberAt(call, "byteCount", "elementCount", "sizeInBytes", "sourceBytesToCopy") is { } count && argument.Operation.Type is IPointerTypeSymbol
            or { SpecialType: SpecialType.System_IntPtr }
            ? body.Ranges.Take(argument.Value, count, body.Expressions.PointedAt(type: null))
            : body.Ranges.Passed(argument.Value, argument.Operation);

    private static IOperation? NumberAt(Call call, params string[] names)
        => call.Arguments.FirstOrDefault(one => one.Parameter is { } parameter && Array.IndexOf(names, parameter.Name) >= 0
            && !Carrier.IsView(parameter.Type)).Operation;

    /// <summary>The variable of a channel, of which one end is written to: its batches are read by somebody else, at any time.</summary>
    private AccessPath? HolderOf(IOperation end)
        => end.Type is { Name: "ChannelWriter" } && end is IPropertyReferenceOperation { Instance: { } channel } ? body.Paths.PathOf(channel) : null;

    /// <summary>Whether the elements are where they were: an end that grows moves none.</summary>
    private static bool OnlyLooksAt(string name)
        => name.StartsWith("Contains", StringComparison.Ordinal) || name is "Add" or "Enqueue" or "IndexOf" or "MoveNext" or "get_Current" or "CopyTo"
            or "ToArray" or "TryGetValue" or "AsSpan" or "AsReadOnly" or "Count" or "Any";

    /// <summary>Whether a function is run once for each element.</summary>
    private static bool RunsForEach(string name) => name is "ForEach" or "ForEachAsync" or "Select" or "SelectMany" or "For" or "ConvertAll";

    private static bool OnlyLooksFor(string name)
        => name.StartsWith("Contains", StringComparison.Ordinal) || name.StartsWith("Remove", StringComparison.Ordinal)
            || name is "IndexOf" or "LastIndexOf" or "BinarySearch";

    private static bool IsRemoval(string name)
        => name is "Clear" || name.StartsWith("Remove", StringComparison.Ordinal) || name.Contains("Dequeue") || name.Contains("Pop")
            || name.Contains("TryTake");

    public static bool IsMemory(IParameterSymbol parameter)
        => parameter.RefKind != RefKind.None || Carrier.IsView(parameter.Type) || parameter.Type is IArrayTypeSymbol;

    private void PassToBaseLibrary(Call call, PassedArgument argument, bool isCollection)
    {
        if (argument.Value.References.IsEmpty && argument.Value.Parts.IsEmpty && !body.Ownership.HoldsBuffers(argument.Operation))
        {
            return;
        }

        if (BackgroundWork.Starts(call.Method))
        {
            body.Calls.Functions.BeginWork(argument.Value, call.Node, call.Method.Name);
        }

        // Select, Task.Run: it ends with the work, or what it does is the work. A collection keeps its elements, and calls what is none.
        if (body.Calls.Functions.RunsFunction(argument, mayKeep: isCollection && argument.Parameter?.OriginalDefinition.Type is ITypeParameterSymbol))
        {
            if (RunsForEach(call.Method.Name))
            {
                // What the first run sent is gone in the second.
                body.Calls.Functions.RunsFunction(argument, mayKeep: false);
            }

            return;
        }

        if (call.Method.Name is "KeepAlive" or "ThrowIfNull" or "ReferenceEquals")
        {
            return;
        }

        if (isCollection)
        {
            body.Collections.StoredIn(argument.Value, argument.Node,
                call.Receiver is { } receiver ? body.Paths.PathOf(receiver.Operation) ?? HolderOf(receiver.Operation) : null);
        }

        body.Ownership.Escape(argument.Operation, argument.Value);
    }
}
