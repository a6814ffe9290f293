namespace VmSplice.Memory;

/// <summary>The calls that have a block's address and may wait. Each adds and removes itself alone, whoever owns the block by then.</summary>
internal struct BlockUsers
{
    // Null, one user, or an array of several, which is never changed. Nearly always there is one at most, so nothing is allocated.
    private object? _users;

    /// <summary>Adds a call. A full fence: who leaves the block afterwards sees it.</summary>
    internal void Add(IBlockUser user)
    {
        object? seen = Volatile.Read(in _users);
        while (true)
        {
            object with = seen switch
            {
                null => user,
                IBlockUser[] several => (IBlockUser[])[.. several, user],
                _ => (IBlockUser[])[(IBlockUser)seen, user],
            };
            object? found = Interlocked.CompareExchange(ref _users, with, seen);
            if (ReferenceEquals(found, seen))
            {
                return;
            }

            seen = found;
        }
    }

    /// <summary>Removes a call that was added.</summary>
    internal void Remove(IBlockUser user)
    {
        object? seen = Volatile.Read(in _users);
        while (true)
        {
            object? found = Interlocked.CompareExchange(ref _users, seen is IBlockUser[] several ? Without(several, user) : null, seen);
            if (ReferenceEquals(found, seen))
            {
                return;
            }

            seen = found;
        }
    }

    /// <summary>Tells every call that the block was left. One that has ended meanwhile may be told too.</summary>
    internal readonly void Tell()
    {
        switch (Volatile.Read(in _users))
        {
            case IBlockUser one:
                one.OnBlockLeft();
                break;
            case IBlockUser[] several:
                foreach (IBlockUser user in several)
                {
                    user.OnBlockLeft();
                }

                break;
            default:
                break;
        }
    }

    private static object Without(IBlockUser[] several, IBlockUser user)
    {
        int place = Array.IndexOf(several, user);
        return several.Length == 2 ? several[1 - place] : (IBlockUser[])[.. several[..place], .. several[(place + 1)..]];
    }
}
