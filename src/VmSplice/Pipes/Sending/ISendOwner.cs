using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>Keeps books on its sends: a record writer, or what <c>System.IO.Pipelines</c> writes to.</summary>
internal interface ISendOwner
{
    /// <summary>All of the block went through.</summary>
    void OnSent(nuint bytes);

    /// <summary>It was cancelled before the pipe accepted any of it. The block, if it was one, is the owner's again.</summary>
    void OnUntouched(PageBlock? block, nuint bytes);

    /// <summary>It failed.</summary>
    /// <returns>What to tell the caller.</returns>
    Exception OnFailed(Exception error);
}
