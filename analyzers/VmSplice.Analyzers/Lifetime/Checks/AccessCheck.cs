namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>A rule about accesses that are certainly invalid. Each of these is claimed by exactly one such rule.</summary>
internal abstract class AccessCheck : LifetimeCheck
{
    protected abstract Priority Priority { get; }

    public abstract bool Claims(InvalidAccess access);

    public sealed override Finding? Of(LifetimeEvent recorded) => recorded is InvalidAccess { IsCertain: true } access && Claims(access)
        ? new Finding(Rule, access.Site, access.Node, access.Cause, access.Subject, access.Past) { Priority = Priority, Access = access, Alias = access.Alias }
        : null;
}
