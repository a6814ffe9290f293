namespace VmSplice;

/// <summary>What is wrong with a stream of records or buffers that arrived.</summary>
public enum StreamFault
{
    /// <summary>It ended before anything of it arrived: the sender started nothing, or died before.</summary>
    NotBegun,

    /// <summary>It ended in the middle, or without its end mark: the sender died, or did not complete it.</summary>
    Cut,

    /// <summary>It is something else: it does not start as one of ours, or is of another version.</summary>
    Foreign,

    /// <summary>The sender's declaration is another one.</summary>
    Layout,

    /// <summary>A <see cref="bool"/> or an enum has a value that it cannot have.</summary>
    InvalidValue,

    /// <summary>Its blocks do not follow each other, or a length is impossible: somebody else reads from the pipe or writes to it.</summary>
    Damaged,
}
