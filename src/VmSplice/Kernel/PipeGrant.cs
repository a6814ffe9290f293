namespace VmSplice.Kernel;

/// <summary>What a pipe was grown by. Goes back to the budget once this process has closed its end.</summary>
internal sealed class PipeGrant(long bytes) : IDisposable
{
    private bool _returned;

    // An end that was forgotten undisposed; its descriptor is closed by its own finalizer.
    ~PipeGrant() => Return();

    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    private void Return()
    {
        if (!Interlocked.Exchange(ref _returned, true))
        {
            PipeBudget.GiveBack(bytes);
        }
    }
}
