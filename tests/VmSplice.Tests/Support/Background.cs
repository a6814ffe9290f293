using System.Globalization;
using System.Runtime.ExceptionServices;

namespace VmSplice.Tests.Support;

/// <summary>A thread of its own whose failure is the test's failure.</summary>
internal sealed class Background
{
    private readonly Thread _thread;
    private volatile int _id;
    private string _sleepSeen = string.Empty;
    private ExceptionDispatchInfo? _failure;

    private Background(Action action)
    {
        _thread = new Thread(() =>
        {
            _id = Libc.gettid();
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

    /// <summary>
    /// Waits until the thread sleeps in a system call that is not the runtime's own (futex), and has been awake since this was
    /// called last. Its end instead fails the test.
    /// </summary>
    internal void UntilItWaits()
    {
        Assert.True(SpinWait.SpinUntil(() => !IsAlive || SleepsAnew(), TimeSpan.FromSeconds(60)), "the other thread never waits");
        if (!IsAlive)
        {
            Join();
            Assert.Fail("the other thread ended; it should have waited");
        }
    }

    /// <summary>Interrupts whatever call the thread is in. <see cref="Libc.InterruptOn"/> says with what.</summary>
    internal void Interrupt() => Libc.Interrupt(_id, Libc.SIGUSR2);

    internal void Join()
    {
        Assert.True(_thread.Join(TimeSpan.FromSeconds(60)), "the other thread does not end");
        _failure?.Throw();
    }

    /// <summary>Twice the same sleep, some time apart: a thread that waits for a lock of the kernel (mmap, a page) sleeps there for a moment, too.</summary>
    private bool SleepsAnew()
    {
        string sleep = Sleep();
        if (sleep.Length == 0 || sleep == _sleepSeen)
        {
            return false;
        }

        Thread.Sleep(2);
        if (Sleep() != sleep)
        {
            return false;
        }

        _sleepSeen = sleep;
        return true;
    }

    /// <summary>Which sleep of its life the thread is in, in a system call that is not the runtime's own; nothing where it is awake.</summary>
    private string Sleep()
    {
        if (_id == 0 || !int.TryParse(Read("syscall").Split(' ')[0], CultureInfo.InvariantCulture, out int call) || call < 0 || call == Libc.SYS_futex)
        {
            return string.Empty;
        }

        return Read("status").Split('\n').FirstOrDefault(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal), string.Empty);
    }

    /// <summary>What the kernel says of the thread; nothing once it has ended.</summary>
    private string Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/self/task/{_id}/{file}");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
