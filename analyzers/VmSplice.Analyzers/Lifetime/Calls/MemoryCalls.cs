using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Where memory comes from and goes to, outside the runtime: the base library's and the C library's ways.</summary>
internal static class MemoryCalls
{
    public static MemoryCall Of(IMethodSymbol method, IOperation call)
    {
        string name = method.Name;
        switch (method.ContainingType.Name)
        {
            case "NativeMemory":
                return name is "Free" or "AlignedFree" or "Realloc" or "AlignedRealloc" ? MemoryCall.Frees
                    : name is "Alloc" or "AllocZeroed" or "AlignedAlloc" ? MemoryCall.AllocatesNative : MemoryCall.None;
            case "Marshal":
                return name is "AllocHGlobal" or "AllocCoTaskMem" ? MemoryCall.AllocatesNative
                    : name is "FreeHGlobal" or "FreeCoTaskMem" or "ReAllocHGlobal" or "ReAllocCoTaskMem" ? MemoryCall.Frees : MemoryCall.None;
            case "GC" when name is "AllocateArray" or "AllocateUninitializedArray":
                return IsPinned(call) switch
                {
                    true => MemoryCall.AllocatesPinned,
                    false => MemoryCall.AllocatesManaged,
                    _ => MemoryCall.None,
                };
            case "ArrayPool":
                return name == "Rent" ? MemoryCall.RentsArray : name == "Return" ? MemoryCall.ReturnsArray : MemoryCall.None;
            case "MemoryPool":
                return name == "Rent" ? MemoryCall.RentsOwner : MemoryCall.None;
            case "GCHandle":
                return name == "Alloc" && IsPinnedHandle(call) ? MemoryCall.Pins
                    : name == "AddrOfPinnedObject" ? MemoryCall.AddressOfPinned : MemoryCall.None;
            case "PinnedGCHandle" or "GCHandleExtensions":
                return name is "GetAddressOfObjectData" or "GetAddressOfArrayData" or "GetAddressOfStringData" ? MemoryCall.AddressOfPinned : MemoryCall.None;
            case "Memory" or "ReadOnlyMemory":
                return name == "Pin" ? MemoryCall.Pins : MemoryCall.None;
        }

        if (!method.IsStatic)
        {
            return MemoryCall.None;
        }

        return NativeNames.EntryPoint(method) switch
        {
            "malloc" or "calloc" or "aligned_alloc" or "memalign" or "valloc" => MemoryCall.AllocatesNative,
            "free" or "realloc" => MemoryCall.Frees,
            "mmap" or "mmap64" => MemoryCall.Maps,

            // What private pages hold stays with the reader after these; the next touch gets fresh ones.
            "munmap" or "madvise" => MemoryCall.Unmaps,
            _ => MemoryCall.None,
        };
    }

    /// <summary><c>new PinnedGCHandle&lt;T&gt;(memory)</c>, the handle that pins by its type.</summary>
    public static bool MakesPin(IObjectCreationOperation creation) => creation is { Type.Name: "PinnedGCHandle", Arguments.Length: 1 };

    /// <summary>Types through which a pipe may be read, or waited for.</summary>
    public static bool IsChannel(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "Stream" or "SafeHandle" or "Process" or "Socket" or "Task" or "ValueTask" or "WaitHandle" or "Thread"
                or "SpliceReader" or "SpliceWriter" or "SplicePipe" or "PipeReader" or "PipeWriter")
            {
                return true;
            }
        }

        return false;
    }

    private static bool? IsPinned(IOperation call)
    {
        if (call is IInvocationOperation invocation)
        {
            foreach (IArgumentOperation argument in invocation.Arguments)
            {
                if (argument.Parameter?.Name == "pinned")
                {
                    return argument.Value.ConstantValue is { HasValue: true, Value: bool pinned } ? pinned : null;
                }
            }
        }

        return false;
    }

    private static bool IsPinnedHandle(IOperation call)
        => call is IInvocationOperation { Arguments.Length: 2 } invocation
        && invocation.Arguments.Any(argument => argument.Value is IFieldReferenceOperation { Field.Name: "Pinned" });
}
