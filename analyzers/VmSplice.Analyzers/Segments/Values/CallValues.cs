using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Calls: of the base library, of the runtime, of native functions, of anybody.</summary>
internal sealed class CallValues(Evaluator evaluator, RawCalls calls)
{
    public Value? Call(IOperation operation, ValueState state)
    {
        var invocation = operation as IInvocationOperation;
        Value? instance = evaluator.Eval(invocation?.Instance, state);
        ImmutableArray<IArgumentOperation> arguments = invocation?.Arguments ?? ((IFunctionPointerInvocationOperation)operation).Arguments;
        var values = new Value?[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Parameter?.RefKind is null or RefKind.None)
            {
                values[i] = evaluator.Eval(arguments[i].Value, state);
            }
            else if (TypeValues.IsSegment(arguments[i].Value.Type))
            {
                values[i] = evaluator.Addresses.AddressOf(arguments[i].Value, state);
            }
        }

        RawCall? raw = calls.TryGet(operation);
        evaluator.Calling?.Invoke(operation, state);
        if (raw is not null || invocation is null)
        {
            return new Scalar(Number.Unknown);
        }

        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                evaluator.Assignments.Forget(argument.Value, state);
            }
        }

        if (evaluator.Counts.TryCall(invocation, values, state))
        {
            return TypeValues.Of(invocation.Type, invocation.Syntax, state);
        }

        Value? result = Library(invocation, instance, values, state, out bool known);
        if (!known)
        {
            if (invocation is { Instance.Type.IsValueType: true, TargetMethod.IsReadOnly: false })
            {
                evaluator.Aggregates.Forget(invocation.Instance, state);
            }

            Escape(invocation, arguments, values, instance, state);
            state.ForgetFields();
        }

        return known ? result : evaluator.Helpers.Result(invocation, values) ?? TypeValues.Of(invocation.Type, invocation.Syntax, state);
    }

    // What an unknown method is given, it may write.
    private void Escape(IInvocationOperation call, ImmutableArray<IArgumentOperation> arguments, Value?[] values, Value? instance, ValueState state)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            bool writable = arguments[i].Value.Type is not INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyMemory" }
                && arguments[i].Parameter?.RefKind != RefKind.In;
            if (writable && values[i] is SegmentWindow { Cell: { } cell })
            {
                state.SetCell(cell, SegmentCell.Lost);
            }
        }

        if (instance is SegmentWindow { Cell: { } receiver } && call.TargetMethod.Name is not ("CopyTo" or "ToArray"))
        {
            state.SetCell(receiver, SegmentCell.Lost);
        }

        evaluator.Counts.AfterUnknown(call, state);
    }

    private Value? Library(IInvocationOperation call, Value? instance, Value?[] values, ValueState state, out bool known)
    {
        IMethodSymbol method = call.TargetMethod;
        known = true;
        if (NativeNames.EntryPoint(method) is { } native)
        {
            return Native(native, call, values, state, out known);
        }

        INamedTypeSymbol type = method.ContainingType;
        switch (type.Name, method.Name)
        {
            case ("Math" or "Int32" or "Int64" or "UIntPtr" or "IntPtr" or "UInt32" or "UInt64", "Min") when Two(out Number a, out Number b):
                return new Scalar(Number.Min(a, b));
            case ("Math" or "Int32" or "Int64" or "UIntPtr" or "IntPtr" or "UInt32" or "UInt64", "Max") when Two(out Number a, out Number b):
                return new Scalar(Number.Max(a, b));
            case ("Math" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "Clamp") when values.Length == 3 && values[2] is Scalar most:
                Number low = (values[1] as Scalar)?.Number ?? Number.Unknown;
                return new Scalar(Number.Max(Number.Min((values[0] as Scalar)?.Number ?? Number.Unknown, most.Number), low));
            case ("IntPtr" or "UIntPtr", "Add") when values.Length == 2:
                return Arithmetic.Binary(BinaryOperatorKind.Add, values[0], values[1], null, null);
            case ("IntPtr" or "UIntPtr", "ToPointer" or "ToInt64" or "ToUInt64") when instance is Scalar:
                return instance;
            case ("Unsafe" or "Marshal", "SizeOf") when method.TypeArguments.Length == 1:
                return new Scalar(TypeValues.Size(method.TypeArguments[0]));
            case ("NativeMemory", "AlignedAlloc") when values.Length == 2:
                return Allocated(call, (values[1] as Scalar)?.Number is { } alignment ? Aligned(alignment) : Number.Unknown, state);
            case ("NativeMemory", "Alloc" or "AllocZeroed" or "Realloc"):
            case ("Marshal", "AllocHGlobal" or "AllocCoTaskMem"):
                return Allocated(call, Number.MultipleOf(16), state);
            case ("PageBuffer", "Allocate") when values.Length == 1:
                return Pages(call, values[0], method.ContainingType.TypeArguments.FirstOrDefault(), state);
            case ("SpliceWriter", "Rent" or "RentUninitialized") when values.Length == 1:
                return Pages(call, values[0], method.TypeArguments.FirstOrDefault(), state);
            case ("PageBuffer", "Freeze") when instance is Block block:
                return new Block(block.Address, block.Provenance, block.Bytes, frozen: true, block.LengthSyntax);
            case ("Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", "Slice") when values.Length > 0 && values[0] is Scalar start:
                return ListValues.Slice(instance, start.Number, values.Length > 1 ? (values[1] as Scalar)?.Number ?? Number.Unknown : null,
                    TypeValues.ElementType(type));
            case ("MemoryExtensions", "AsSpan" or "AsMemory") when values.Length > 0:
                return values.Length == 1 ? values[0]
                    : values[1] is Scalar from
                        ? ListValues.Slice(values[0], from.Number, values.Length > 2 ? (values[2] as Scalar)?.Number ?? Number.Unknown : null,
                            TypeValues.ElementType(call.Arguments[0].Value.Type))
                        : null;
            case ("MemoryMarshal", "AsBytes" or "Cast") when values.Length == 1 && values[0] is Block:
                return values[0];
            case ("CollectionsMarshal", "AsSpan") when values.Length == 1 && SegmentType.Of(call.Type) is not null:
                return values[0] as SegmentWindow ?? new SegmentWindow(null, Number.Constant(0), evaluator.Counts.Of(call.Arguments[0].Value, state));
            case ("CollectionsMarshal", "SetCount") when values.Length == 2 && ListCounts.IsList(call.Arguments[0].Value.Type):
                evaluator.Counts.Set(call.Arguments[0].Value, (values[1] as Scalar)?.Number ?? Number.RunTimeCount, state);
                return null;
            case ("List" or "Enumerable" or "Span" or "ReadOnlySpan", "ToArray") when SegmentType.Of(call.Type) is not null:
                IOperation? copied = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
                return (instance ?? values.FirstOrDefault()) is SegmentWindow window ? new SegmentWindow(null, Number.Constant(0), window.Count)
                    : new SegmentWindow(null, Number.Constant(0),
                        copied is not null && evaluator.Counts.Of(copied, state) is { Low: >= 0 } elements ? elements : Number.RunTimeCount);
            case ("GC", "AllocateArray" or "AllocateUninitializedArray") when values.Length > 0 && method.TypeArguments.Length == 1:
                state.Renew(call.Syntax);
                Number size = TypeValues.Size(method.TypeArguments[0]);
                Number count = (values[0] as Scalar)?.Number ?? Number.Unknown;
                return SegmentType.Of(call.Type) is not null
                    ? evaluator.Creations.NewWindow(call.Syntax, count, [], state)
                    : new Block(Number.MultipleOf(8), new Provenance(call.Syntax, Number.Constant(0)), count * size);
            default:
                if (Descriptors.OfCall(call, instance, values) is { } descriptor)
                {
                    return descriptor;
                }

                known = IsHarmless(type);
                return known ? TypeValues.Of(call.Type, call.Syntax, state) : null;
        }

        bool Two(out Number a, out Number b)
        {
            a = values.Length == 2 && values[0] is Scalar first ? first.Number : Number.Unknown;
            b = values.Length == 2 && values[1] is Scalar second ? second.Number : Number.Unknown;
            return values.Length == 2;
        }
    }

    private static Scalar? Native(string entryPoint, IInvocationOperation call, Value?[] values, ValueState state, out bool known)
    {
        known = true;
        switch (entryPoint)
        {
            case "mmap" or "mmap64" or "valloc" or "pvalloc":
                return Allocated(call, Number.PageAligned, state);
            case "aligned_alloc" or "memalign" when values.Length == 2 && values[0] is Scalar alignment:
                return Allocated(call, Aligned(alignment.Number), state);
            case "malloc" or "calloc":
                return Allocated(call, Number.MultipleOf(16), state);
            case "getpagesize":
                return new Scalar(Number.PageSize);
            // _SC_PAGESIZE
            case "sysconf" when values.Length == 1 && values[0] is Scalar { Number.Exact: 30 }:
                return new Scalar(Number.PageSize);
            case "pipe" or "pipe2" when call.Arguments.Length > 0:
                foreach (IOperation mention in call.Arguments[0].Value.DescendantsAndSelf())
                {
                    if (mention is ILocalReferenceOperation fds)
                    {
                        state[fds.Local] = new Descriptor(DescriptorKind.Pair, "a pair of descriptors");
                    }
                }

                return null;
            default:
                known = false;
                return null;
        }
    }

    private static Number Aligned(Number alignment)
        => alignment.Term == PageTerm.Size || alignment.IsWholePages && alignment.Low > 0 ? Number.PageAligned
        : alignment.Exact is > 0 and var exact && (exact & (exact - 1)) == 0 ? Number.MultipleOf(exact)
        : Number.Unknown;

    private static Scalar Allocated(IInvocationOperation call, Number address, ValueState state)
    {
        state.Renew(call.Syntax);
        return new Scalar(address, new Provenance(call.Syntax, Number.Constant(0)));
    }

    private static Block Pages(IInvocationOperation call, Value? length, ITypeSymbol? element, ValueState state)
    {
        state.Renew(call.Syntax);
        Number bytes = length is Scalar count ? count.Number * TypeValues.Size(element) : Number.Unknown;
        return new Block(Number.PageAligned, new Provenance(call.Syntax, Number.Constant(0)), bytes, false, call.Arguments[0].Value.Syntax);
    }

    // Methods of the base library that keep no reference to what they are given.
    private static bool IsHarmless(INamedTypeSymbol type)
        => type.Name is "Console" or "Debug" or "Math" or "Interlocked" or "Volatile" or "String" or "ArgumentOutOfRangeException" or "ArgumentNullException"
            or "Stopwatch";
}
