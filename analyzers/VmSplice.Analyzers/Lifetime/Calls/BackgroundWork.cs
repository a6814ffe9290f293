using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Which types stand for work that was started and may not have ended.</summary>
internal static class BackgroundWork
{
    public static bool IsTask(ITypeSymbol? type)
        => type?.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredValueTaskAwaitable" or "ConfiguredTaskAwaitable";
}
