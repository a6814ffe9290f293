using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>The rules of lifetime, one class each.</summary>
internal static class LifetimeChecks
{
    public static ImmutableArray<LifetimeCheck> All { get; } =
    [
        new Vms2001WriteAfterTransfer(),
        new Vms2002UseAfterTransfer(),
        new Vms2003StaleSlot(),
        new Vms2004PossibleUse(),
        new Vms2005StackMemory(),
        new Vms2006NotPinned(),
        new Vms2007FreedInFlight(),
        new Vms2008SentTwice(),
        new Vms2013Leak(),
        new Vms2009StaysReachable(),
        new Vms2010UnknownEffect(),
        new Vms2011Contradiction(),
        new Vms2012FrozenWrite(),
        new Vms2016KeptBatch(),
    ];

    /// <summary>With VMS9999, for bodies that are too much.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Rules { get; } = [.. All.Select(check => check.Rule), GaveUp.Rule];
}
