using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Library;

/// <summary>Where memory comes from and goes to, outside the runtime: the base library's and the C library's ways.</summary>
internal static class LibraryMemory
{
    public static MemoryEffect EffectOf(IMethodSymbol method, IOperation call)
    {
        string name = method.Name;
        switch (method.ContainingType.Name)
        {
            case "NativeMemory":
                return name is "Free" or "AlignedFree" or "Realloc" or "AlignedRealloc" ? MemoryEffect.Frees
                    : name is "Alloc" or "AllocZeroed" or "AlignedAlloc" ? MemoryEffect.AllocatesNative : MemoryEffect.None;
            case "Marshal":
                return name is "AllocHGlobal" or "AllocCoTaskMem" ? MemoryEffect.AllocatesNative
                    : name is "FreeHGlobal" or "FreeCoTaskMem" or "ReAllocHGlobal" or "ReAllocCoTaskMem" ? MemoryEffect.Frees : MemoryEffect.None;
            case "GC" when name is "AllocateArray" or "AllocateUninitializedArray":
                return IsPinned(call) switch
                {
                    true => MemoryEffect.AllocatesPinned,
                    false => MemoryEffect.AllocatesManaged,
                    _ => MemoryEffect.None,
                };
            case "CollectionsMarshal" when name == "AsSpan":
            case "MemoryExtensions" when name is "AsSpan" or "AsMemory" && method.Parameters is { Length: > 0 } given
                && given[0].Type.SpecialType == SpecialType.System_String:
                return MemoryEffect.AllocatesManaged;
            case "ArrayPool":
                return name == "Rent" ? MemoryEffect.RentsArray : name == "Return" ? MemoryEffect.ReturnsArray : MemoryEffect.None;
            case "MemoryPool":
                return name == "Rent" ? MemoryEffect.RentsOwner : MemoryEffect.None;
            case "GCHandle":
                return name == "Alloc" && IsPinnedHandle(call) ? MemoryEffect.Pins
                    : name == "AddrOfPinnedObject" ? MemoryEffect.AddressOfPinned : MemoryEffect.None;
            case "PinnedGCHandle" or "GCHandleExtensions":
                return name is "GetAddressOfObjectData" or "GetAddressOfArrayData" or "GetAddressOfStringData"
                    ? MemoryEffect.AddressOfPinned : MemoryEffect.None;
            case "Memory" or "ReadOnlyMemory":
                return name == "Pin" ? MemoryEffect.Pins : MemoryEffect.None;
        }

        if (!method.IsStatic)
        {
            return MemoryEffect.None;
        }

        return NativeNames.EntryPoint(method) switch
        {
            "malloc" or "calloc" or "aligned_alloc" or "memalign" or "valloc" => MemoryEffect.AllocatesNative,
            "free" or "realloc" => MemoryEffect.Frees,
            "mmap" or "mmap64" => MemoryEffect.Maps,

            // What private pages hold stays with the reader after these; the next touch gets fresh ones.
            "munmap" or "madvise" => MemoryEffect.Unmaps,
            _ => MemoryEffect.None,
        };
    }

    /// <summary>A stream over memory that somebody else owns: its Dispose leaves that alone.</summary>
    public static bool IsStreamOverMemory(ITypeSymbol? type)
        => type is { Name: "UnmanagedMemoryStream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } };

    /// <summary>The writer of <c>System.IO.Pipelines</c>, which a splice writer can stand behind.</summary>
    public static bool IsPipeWriter(ITypeSymbol? type)
        => type is { Name: "PipeWriter", ContainingNamespace: { Name: "Pipelines", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } } };

    /// <summary><c>new PinnedGCHandle&lt;T&gt;(memory)</c>, the handle that pins by its type.</summary>
    public static bool MakesPin(IObjectCreationOperation creation) => creation is { Type.Name: "PinnedGCHandle", Arguments.Length: 1 };

    /// <summary>
    /// Whether a method of the base library returns a new array of its own: nearly all that return one do. One that is somebody's comes out of a type
    /// parameter, or is named here.
    /// </summary>
    public static bool MakesArray(IMethodSymbol method)
    {
        ITypeSymbol? returned = method.OriginalDefinition.ReturnType switch
        {
            IArrayTypeSymbol => method.ReturnType,
            INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } declared } when declared[0] is IArrayTypeSymbol =>
                ((INamedTypeSymbol)method.ReturnType).TypeArguments[0],
            _ => null,
        };
        return returned is IArrayTypeSymbol { ElementType.IsUnmanagedType: true }
            && method.Name is not ("Empty" or "GetBuffer" or "AsArray" or "Rent" or "AllocateArray" or "AllocateUninitializedArray");
    }

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
