using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>Which methods of the base library leave the error number of an earlier native call alone.</summary>
internal static class LibraryErrorNumber
{
    /// <summary>The base library computes without native calls, except where it deals with files, consoles, sockets, processes, handles and waiting.</summary>
    public static bool IsKeptBy(IMethodSymbol method)
    {
        if (method.Name is "Dispose" or "Close" or "DisposeAsync" or "DangerousRelease" or "SetHandleAsInvalid")
        {
            return false;
        }

        INamedTypeSymbol? type = method.ContainingType;
        if (type is null)
        {
            return true;
        }

        for (INamespaceSymbol outer = type.ContainingNamespace; outer is { IsGlobalNamespace: false }; outer = outer.ContainingNamespace)
        {
            if (outer.ContainingNamespace is { IsGlobalNamespace: true })
            {
                return outer.Name == "System" && type.ContainingNamespace.ToDisplayString() switch
                {
                    "System" => type.Name is not ("Console" or "Environment" or "AppContext"),
                    "System.Runtime.InteropServices" => type.Name is not ("NativeLibrary" or "SafeHandle")
                        && !method.Name.StartsWith("SetLast", StringComparison.Ordinal),
                    "System.Diagnostics" => type.Name is "Debug" or "Stopwatch",
                    "System.Threading" => type.Name is "Interlocked" or "Volatile" or "CancellationToken",
                    var name => name.StartsWith("System.Runtime", StringComparison.Ordinal)
                        || name.StartsWith("System.Collections", StringComparison.Ordinal)
                        || name is "System.Linq" or "System.Text" or "System.Numerics" or "System.Buffers" or "System.Globalization",
                };
            }
        }

        return false;
    }
}
