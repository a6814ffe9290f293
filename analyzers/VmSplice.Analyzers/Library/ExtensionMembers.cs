using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>
/// The members of extension blocks (C# 14). What the compiler makes of one is a static method that has the receiver as its first
/// parameter, and that is what each is looked at as: <c>buffer.SendTo(writer)</c> is <c>E.SendTo(buffer, writer)</c>.
/// </summary>
internal static class ExtensionMembers
{
    /// <summary>The static method of a member of an extension block; any other method is itself.</summary>
    [MethodImpl(Hot.Path)]
    public static IMethodSymbol AsStatic(IMethodSymbol method)
        => method.ContainingType is { TypeKind: TypeKind.Extension }
            ? method.AssociatedExtensionImplementation ?? method.OriginalDefinition.AssociatedExtensionImplementation ?? method : method;

    /// <summary>The parameters that a body names, in the order of the static method's.</summary>
    public static ImmutableArray<IParameterSymbol> ParametersIn(IMethodSymbol method)
        => ReceiverOf(method) is { } receiver ? method.Parameters.Insert(0, receiver) : method.Parameters;

    /// <summary>Where the static method has the parameter.</summary>
    public static int OrdinalOf(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol method && ReceiverOf(method) is not null ? parameter.Ordinal + 1 : parameter.Ordinal;

    [MethodImpl(Hot.Path)]
    private static IParameterSymbol? ReceiverOf(IMethodSymbol method)
        => !method.IsStatic && method.ContainingType is { TypeKind: TypeKind.Extension } block ? block.ExtensionParameter : null;
}
