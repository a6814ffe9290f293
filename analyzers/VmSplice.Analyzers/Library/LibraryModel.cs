using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>
/// The base library by rule, not by list: a <c>Span</c> parameter is there to be written, a <c>ReadOnlySpan</c> to be
/// read, and what comes back as a view is a view of what went in. The exceptions are listed.
/// </summary>
internal static class LibraryModel
{
    private static readonly ConditionalWeakTable<ISymbol, StrongBox<bool>> s_collections = new();

    [MethodImpl(Hot.Path)]
    public static bool Declares(IMethodSymbol method)
    {
        string name = method.ContainingAssembly?.Name ?? "";
        return name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal);
    }

    [MethodImpl(Hot.Path)]
    public static MemoryAccess AccessOfReceiver(IMethodSymbol method) => method.Name switch
    {
        "Fill" or "Clear" => MemoryAccess.Write,
        "CopyTo" or "TryCopyTo" or "ToArray" or "ToString" => MemoryAccess.Read,
        _ => MemoryAccess.None,
    };

    public static MemoryAccess AccessOf(IMethodSymbol method, IParameterSymbol parameter)
    {
        string type = method.ContainingType.Name;
        bool onlyPasses = type is "MemoryMarshal" or "Unsafe" or "MemoryExtensions" or "CollectionsMarshal" or "GCHandle" or "GC";
        if (onlyPasses)
        {
            return OfPasser(method, parameter);
        }

        switch (parameter.RefKind)
        {
            case RefKind.Out:
                return MemoryAccess.Write;
            case RefKind.Ref:
                return IsRead(method) ? MemoryAccess.Read : MemoryAccess.Write;
            case RefKind.In or RefKind.RefReadOnlyParameter:
                return MemoryAccess.Read;
        }

        return parameter.Type switch
        {
            INamedTypeSymbol { Name: "Span" or "Memory" } => MemoryAccess.Write,
            INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyMemory" } => MemoryAccess.Read,
            IArrayTypeSymbol => FillsArray(method, parameter) ? MemoryAccess.Write : MemoryAccess.Read,
            IPointerTypeSymbol => FillsPointer(method, parameter) ? MemoryAccess.Write : MemoryAccess.Read,
            { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
                FillsPointer(method, parameter) ? MemoryAccess.Write : MemoryAccess.None,
            _ => MemoryAccess.None,
        };
    }

    /// <summary>Whether the type keeps what it is given: a collection or a channel, or what derives from one.</summary>
    public static bool IsCollection(ITypeSymbol? type)
        => type is not null && s_collections.GetValue(type.OriginalDefinition, static one => new(FindCollection((ITypeSymbol)one))).Value;

    private static bool FindCollection(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            {
                if (space is { Name: "Collections" or "Channels", ContainingNamespace.Name: "System" or "Threading" })
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Operators that hold all elements of a sequence at once, or one of them beyond its turn.</summary>
    public static bool GathersAll(string name)
        => name is "ToListAsync" or "ToArrayAsync" or "ToHashSetAsync" or "LastAsync" or "LastOrDefaultAsync" or "MaxByAsync" or "MinByAsync"
            or "ToList" or "ToArray" or "ToHashSet" or "Last" or "LastOrDefault" or "MaxBy" or "MinBy" or "OrderBy" or "OrderByDescending"
            or "Reverse" or "Chunk";

    /// <summary>Operators that give on the elements of a sequence as they come.</summary>
    public static bool PassesElements(string name)
        => name is "Where" or "Take" or "TakeWhile" or "Skip" or "SkipWhile" or "WithCancellation" or "ToBlockingEnumerable" or "AsEnumerable";

    private static MemoryAccess OfPasser(IMethodSymbol method, IParameterSymbol parameter)
    {
        switch (method.Name)
        {
            case "Write" or "TryWrite" or "WriteUnaligned" or "CopyBlock" or "CopyBlockUnaligned" or "Copy":
                return parameter.Ordinal == 0 || IsDestination(parameter) ? MemoryAccess.Write : MemoryAccess.Read;
            case "InitBlock" or "InitBlockUnaligned" or "Reverse" or "Sort":
                return parameter.Ordinal == 0 ? MemoryAccess.Write : MemoryAccess.None;
            case "Replace" or "CopyTo" or "ToUpperInvariant" or "ToLowerInvariant" or "ToUpper" or "ToLower":
                bool inPlace = method.Name == "Replace" && method.Parameters.Length == 3 && parameter.Type.Name == "Span";
                return IsDestination(parameter) || inPlace ? MemoryAccess.Write : MemoryAccess.Read;
            case "Read" or "TryRead" or "ReadUnaligned":
                return MemoryAccess.Read;
        }

        // What neither gives back a view nor writes, reads: IndexOf, SequenceEqual.
        return method.ContainingType.Name == "MemoryExtensions" && !Carrier.Carries(method.ReturnType) ? MemoryAccess.Read : MemoryAccess.None;
    }

    private static bool IsRead(IMethodSymbol method) => method.ContainingType.Name is "Volatile" or "Interlocked" && method.Name == "Read";

    private static bool IsDestination(IParameterSymbol parameter)
        => parameter.Name is "destination" or "dest" or "dst" or "destinationArray" or "output";

    private static bool FillsArray(IMethodSymbol method, IParameterSymbol parameter)
        => IsDestination(parameter)
        || method.Name.StartsWith("Read", StringComparison.Ordinal)
        || method.Name.StartsWith("Receive", StringComparison.Ordinal)
        || method.Name is "NextBytes" or "Fill" or "CopyTo" or "GetNonZeroBytes"
        || (method.Name == "GetBytes" && (method.Parameters.Length != 1 || method.ReturnsVoid) && parameter.Name is "bytes" or "data")
        || (method.ContainingType.SpecialType == SpecialType.System_Array
            && method.Name is "Clear" or "Sort" or "Reverse" or "Fill" && parameter.Ordinal == 0);

    private static bool FillsPointer(IMethodSymbol method, IParameterSymbol parameter)
        => IsDestination(parameter)
        || (method.ContainingType.Name == "NativeMemory" && method.Name is "Clear" or "Fill" && parameter.Ordinal == 0)
        || (method.ContainingType.Name == "Marshal"
            && ((method.Name.StartsWith("Write", StringComparison.Ordinal) && parameter.Ordinal == 0)
                || (method.Name == "StructureToPtr" && parameter.Ordinal == 1)));
}
