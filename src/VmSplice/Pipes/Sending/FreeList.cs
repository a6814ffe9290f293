using System.Diagnostics.CodeAnalysis;

namespace VmSplice.Pipes;

/// <summary>An object that <see cref="FreeList{T}"/> chains, so that keeping it takes no memory of its own.</summary>
internal interface IFreeListItem<T>
    where T : class
{
    /// <summary>Gets or sets the next one that is free.</summary>
    T? NextFree { get; set; }
}

/// <summary>Objects that are used again: there are as many as were ever in use at the same time.</summary>
internal sealed class FreeList<T>
    where T : class, IFreeListItem<T>
{
    private readonly Lock _gate = new();
    private T? _first;

    /// <summary>Takes one out. <see langword="false"/> where none is free: make one.</summary>
    internal bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (_gate)
        {
            item = _first;
            if (item is null)
            {
                return false;
            }

            _first = item.NextFree;
            item.NextFree = null;
            return true;
        }
    }

    internal void Return(T item)
    {
        lock (_gate)
        {
            item.NextFree = _first;
            _first = item;
        }
    }
}
