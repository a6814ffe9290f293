using System.Runtime.ExceptionServices;

namespace VmSplice.Tests.Support;

/// <summary>A thread of its own whose failure is the test's failure.</summary>
internal sealed class Background
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private Background(Action action)
    {
        _thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    internal bool IsAlive => _thread.IsAlive;

    internal static Background Run(Action action) => new(action);

    internal void Join()
    {
        Assert.True(_thread.Join(TimeSpan.FromSeconds(60)), "the other thread does not end");
        _failure?.Throw();
    }
}
