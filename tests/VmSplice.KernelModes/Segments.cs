namespace VmSplice.KernelModes;

/// <summary>The iovec array of another process, walked front to back.</summary>
internal sealed unsafe class Segments
{
    private readonly int _process;
    private readonly Native.Segment[] _segments;
    private int _next;

    internal Segments(int process, ulong address, int count)
    {
        _process = process;
        _segments = new Native.Segment[count];
        if (count == 0)
        {
            return;
        }

        fixed (Native.Segment* array = _segments)
        {
            ulong bytes = (ulong)count * (ulong)sizeof(Native.Segment);
            Native.Segment local = new() { Address = (ulong)array, Length = bytes };
            Native.Segment remote = new() { Address = address, Length = bytes };
            if (Native.process_vm_readv(process, &local, 1, &remote, 1, 0) != (nint)bytes)
            {
                Error = Native.EFAULT;
                return;
            }
        }

        foreach (Native.Segment segment in _segments)
        {
            if (segment.Length > long.MaxValue)
            {
                Error = Native.EINVAL;
                return;
            }

            Remaining += segment.Length;
        }
    }

    /// <summary>Gets the error number with which the kernel would refuse the array; 0 for none.</summary>
    internal int Error { get; }

    internal ulong Remaining { get; private set; }

    /// <summary>Copies the next bytes out of the other process, without moving on. −1 where they are not mapped.</summary>
    internal nint CopyOut(byte* destination, int length)
    {
        Native.Segment local = new() { Address = (ulong)destination, Length = Math.Min(Remaining, (ulong)length) };
        fixed (Native.Segment* remote = &_segments[_next])
        {
            return Native.process_vm_readv(_process, &local, 1, remote, (nuint)(_segments.Length - _next), 0);
        }
    }

    /// <summary>Copies bytes into the other process.</summary>
    internal bool CopyIn(byte* source, nint length)
    {
        if (length == 0)
        {
            return true;
        }

        Native.Segment local = new() { Address = (ulong)source, Length = (ulong)length };
        fixed (Native.Segment* remote = &_segments[_next])
        {
            return Native.process_vm_writev(_process, &local, 1, remote, (nuint)(_segments.Length - _next), 0) == length;
        }
    }

    internal void Advance(ulong bytes)
    {
        Remaining -= bytes;
        while (bytes != 0)
        {
            ref Native.Segment segment = ref _segments[_next];
            ulong step = Math.Min(bytes, segment.Length);
            segment.Address += step;
            segment.Length -= step;
            bytes -= step;
            if (segment.Length == 0)
            {
                _next++;
            }
        }
    }
}
