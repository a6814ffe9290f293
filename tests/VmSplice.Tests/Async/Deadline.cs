namespace VmSplice.Tests.Async;

/// <summary>A test that would wait for ever fails instead.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static Task InTime(this Task task) => task.WaitAsync(Limit);

    internal static Task<TResult> InTime<TResult>(this Task<TResult> task) => task.WaitAsync(Limit);

    internal static Task InTime(this ValueTask task) => task.AsTask().WaitAsync(Limit);

    internal static Task<TResult> InTime<TResult>(this ValueTask<TResult> task) => task.AsTask().WaitAsync(Limit);
}
