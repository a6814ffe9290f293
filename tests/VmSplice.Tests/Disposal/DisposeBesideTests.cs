using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace VmSplice.Tests.Disposal;

/// <summary>
/// Every call that waits, beside every way to end what it uses: it ends, with the exception that is documented, which is
/// <see cref="ObjectDisposedException"/> where something is disposed; nothing is written any more to memory that was its own; no
/// descriptor and no mapping stays.
/// </summary>
[Collection(nameof(Alone))]
public class DisposeBesideTests
{
    // It is a matter of microseconds. The machine may have other things to do.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static IEnumerable<object[]> Cases { get; } =
        [.. BlockingCalls.All.SelectMany(call => call.Ends, (call, end) => new object[] { call.ToString(), end })];

    [Fact]
    public void EveryPublicMember_WaitsAndIsHereOrNeverWaits()
    {
        IEnumerable<string> members = BlockingCalls.Types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetBaseDefinition() == method)
            .Concat(BlockingCalls.Bridges.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
            .Where(method => !method.IsSpecialName)
            .Select(BlockingCalls.NameOf);
        IEnumerable<string> known = [.. BlockingCalls.All.Select(call => call.Member), .. BlockingCalls.NeverWait];
        Assert.Empty(members.Except(known.Select(name => name.Replace("Mark&", "T&", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CallThatWaits_DisposedBeside_EndsAndLeavesNothing(string call, string end)
    {
        BlockingCall blocking = BlockingCalls.All.Single(row => row.ToString() == call);

        // The event loop, the pool of buffers that belong to no writer, and the threads that this needs.
        Run(blocking, BlockingCall.AllEnds[end]);
        (int descriptors, long bytes) = Resources();
        Run(blocking, BlockingCall.AllEnds[end]);
        Assert.True(
            SpinWait.SpinUntil(() => Resources() is var left && left.Descriptors <= descriptors && left.Bytes <= bytes, Limit),
            string.Create(CultureInfo.InvariantCulture, $"before {descriptors} descriptors and {bytes} bytes of mappings, now {Resources()}"));
    }

    private static void Run(BlockingCall call, CallEnd end)
    {
        using var scene = new Scene();
        call.Prepare(scene);
        Task task = Start(call, scene);
        end.Run(scene);

        // What was the call's is somebody else's now, and what it waited for comes.
        PageBuffer<byte>[] others = [PageBuffer<byte>.Allocate(4 << 20), PageBuffer<byte>.Allocate(2 << 20)];
        foreach (PageBuffer<byte> other in others)
        {
            other.Span.Fill(0xA5);
        }

        byte[] late = new byte[10_000];
        late.AsSpan().Fill(0x5A);
        scene.Feed(late);
        long start = Stopwatch.GetTimestamp();
        Exception? error = Record.Exception(() => Assert.True(task.Wait(Limit), "the call does not end"));
        error = error is AggregateException { InnerException: { } inner } ? inner : error;
        Assert.True(end.Error is null ? error is null : end.Error.IsInstanceOfType(error), $"the call ended with {error?.ToString() ?? "a result"}");
        Assert.True(Stopwatch.GetElapsedTime(start) < Limit);
        foreach (PageBuffer<byte> other in others)
        {
            Assert.Equal(-1, other.Span.IndexOfAnyExcept((byte)0xA5));
            other.Dispose();
        }
    }

    private static Task Start(BlockingCall call, Scene scene)
    {
        var called = new TaskCompletionSource<Task?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                called.SetResult(call.Run(scene));
            }
            catch (Exception e)
            {
                called.SetException(e);
            }
        })
        { IsBackground = true };
        thread.Start();

        // Long enough to wait for what it waits for. Where it is not, disposal comes a moment before, and must do the same.
        Thread.Sleep(20);
        Task task = Complete(called.Task);
        Assert.False(task.IsCompleted, "the call did not wait");
        return task;

        static async Task Complete(Task<Task?> called)
        {
            if (await called.ConfigureAwait(false) is { } task)
            {
                await task.ConfigureAwait(false);
            }
        }
    }

    /// <summary>The descriptors of this process, and the bytes of its mappings that a fork would not copy: those of this library.</summary>
    private static (int Descriptors, long Bytes) Resources()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = 0;
        long length = 0;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "Size:")
            {
                length = long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
            }
            else if (words[0] == "VmFlags:" && words.Contains("dc"))
            {
                bytes += length;
            }
        }

        return (Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(), bytes);
    }
}
