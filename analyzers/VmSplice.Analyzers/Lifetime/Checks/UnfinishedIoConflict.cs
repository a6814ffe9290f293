using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>Memory is given away, disposed or written while a call that was started with it may still use it.</summary>
internal sealed class UnfinishedIoConflict(SyntaxNode node, AllocationSite site, UnfinishedIo unfinished, string done) : LifetimeEvent(node)
{
    public AllocationSite Site => site;

    public UnfinishedIo Unfinished => unfinished;

    /// <summary>"it is sent here", as a message says it.</summary>
    public string Done => done;
}
