namespace VmSplice.Memory;

/// <summary>
/// Lets one call at a time into an object that has memory of its own. An object that is disposed beside a call gives its
/// memory up when that call has left.
/// </summary>
/// <param name="type">The object's type.</param>
/// <param name="name">What a user calls it.</param>
internal sealed class CallGate(string type, string name)
{
    private UseCount _uses;

    /// <summary>Gets whether the object is disposed.</summary>
    internal bool IsEnded => _uses.IsEnded;

    /// <summary>Gets whether a call is under way.</summary>
    internal bool IsBusy => _uses.IsUsed;

    /// <summary>Begins a call.</summary>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    internal void Enter()
    {
        if (!_uses.TryAddOnly())
        {
            ThrowIfEnded();
            throw OtherCall();
        }
    }

    /// <exception cref="InvalidOperationException">A call is under way.</exception>
    internal void ThrowIfBusy()
    {
        if (IsBusy)
        {
            throw OtherCall();
        }
    }

    /// <summary>Ends a call. <see langword="true"/> where the object was disposed meanwhile: give its memory up.</summary>
    internal bool Exit() => _uses.Release();

    /// <summary>The object is disposed. <see langword="false"/> where it was before.</summary>
    /// <param name="isUnused">Whether no call is under way: give the memory up.</param>
    internal bool TryEnd(out bool isUnused) => _uses.TryEnd(out isUnused);

    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    internal void ThrowIfEnded()
    {
        if (IsEnded)
        {
            throw WasDisposed();
        }
    }

    /// <summary>What a call throws that the object was disposed beside, and every later one.</summary>
    internal ObjectDisposedException WasDisposed() => new(type, $"This {name} was disposed before or while this call waited.");

    private InvalidOperationException OtherCall()
        => new($"Another call of this {name} is under way: an asynchronous one that was not awaited, or another thread's. It serves one call at a time.");
}
