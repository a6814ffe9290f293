using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Which types stand for work that was started and may not have ended.</summary>
internal static class BackgroundWork
{
    public static bool IsTask(ITypeSymbol? type)
        => type?.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredValueTaskAwaitable" or "ConfiguredTaskAwaitable";

    /// <summary>Whether a function that it is given may still run when the call is over.</summary>
    public static bool Starts(IMethodSymbol method) => (method.ContainingType.Name, method.Name) is
        ("Task", "Run") or ("TaskFactory", "StartNew") or ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") or ("Thread", ".ctor");

    /// <summary>Whether a call with a task only passes it on, so that what was started goes on.</summary>
    public static bool OnlyPassesOn(IMethodSymbol method)
        => (IsTask(method.ContainingType) && method.Name is "AsTask" or "ConfigureAwait" or "Preserve")
        || (LibraryModel.IsCollection(method.ContainingType) && method.Name is "Add" or "TryAdd" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "Insert");

    /// <summary>Whether a call is given a buffer with all its memory, and no part of it.</summary>
    public static bool IsWhole(IOperation given) => Operand.Unwrap(given) is var memory
        && RuntimeNamespace.Holds(memory is IPropertyReferenceOperation { Property.Name: "Memory", Instance.Type: { } holder } ? holder : memory.Type);

    /// <summary>Whether the text of an asynchronous method names a parameter behind its first <c>await</c>.</summary>
    public static bool UsesAfterAwait(IMethodSymbol method, IParameterSymbol parameter, CancellationToken cancellation)
    {
        if (!method.IsAsync || method.DeclaringSyntaxReferences.Length != 1)
        {
            return false;
        }

        SyntaxNode[] nodes = [.. method.DeclaringSyntaxReferences[0].GetSyntax(cancellation).DescendantNodes()];
        return nodes.OfType<AwaitExpressionSyntax>().FirstOrDefault() is { } first
            && nodes.OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == parameter.Name && name.SpanStart > first.Span.End);
    }
}
