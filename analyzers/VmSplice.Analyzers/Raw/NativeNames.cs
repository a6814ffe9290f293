using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Raw;

/// <summary>Native entry points by their declaration in C#.</summary>
internal static class NativeNames
{
    // Attributes of metadata are decoded each time they are asked for.
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<string?>> s_entryPoints = new();

    /// <summary>The name that a <c>[DllImport]</c> or <c>[LibraryImport]</c> method has in its library; null for any other method.</summary>
    public static string? EntryPoint(IMethodSymbol method)
        => s_entryPoints.GetValue(method.OriginalDefinition, static one => new(FindEntryPoint(one))).Value;

    private static string? FindEntryPoint(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return string.IsNullOrEmpty(import.EntryPointName) ? method.Name : import.EntryPointName;
        }

        return LibraryImportOf(method) is not { } attribute ? null
            : Named(attribute, "EntryPoint") is string { Length: > 0 } name ? name
            : method.Name;
    }

    /// <summary>Whether the error number of a native call is kept for <c>Marshal.GetLastPInvokeError</c>; null where the declaration cannot be seen.</summary>
    public static bool? KeepsErrorNumber(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return import.SetLastError;
        }

        return LibraryImportOf(method) is { } attribute ? Named(attribute, "SetLastError") is true : null;
    }

    /// <summary>The method's name where <paramref name="call"/> reads the last error number, by syntax.</summary>
    public static string? ReadOfErrorNumber(InvocationExpressionSyntax call)
    {
        string? name = CalledName.Of(call);
        return call.ArgumentList.Arguments.Count == 0
            && name is "GetLastPInvokeError" or "GetLastWin32Error" or "GetLastSystemError" or "GetLastPInvokeErrorMessage" or "GetHRForLastWin32Error"
                ? name : null;
    }

    /// <summary>A cheap first look at all names that a compilation declares.</summary>
    public static bool MayDeclareTheCall(string name)
        => name.IndexOf("splice", StringComparison.OrdinalIgnoreCase) >= 0 || string.Equals(name, "syscall", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a user named something after the call: <c>vmsplice</c>, <c>s_vmSplice</c>, <c>SYS_vmsplice</c>.</summary>
    public static bool NamesTheCall(string name)
        => name.EndsWith("vmsplice", StringComparison.OrdinalIgnoreCase) || name.EndsWith("vm_splice", StringComparison.OrdinalIgnoreCase);

    /// <summary>The generator has turned a partial method's implementation into a wrapper; the attribute stays on the definition.</summary>
    private static AttributeData? LibraryImportOf(IMethodSymbol method)
    {
        foreach (AttributeData attribute in (method.PartialDefinitionPart ?? method).GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "LibraryImportAttribute" } type
                && type.ContainingNamespace?.ToDisplayString() == "System.Runtime.InteropServices")
            {
                return attribute;
            }
        }

        return null;
    }

    private static object? Named(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }
}
