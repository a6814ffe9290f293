using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Flow;
using VmSplice.Generators.Model;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>The rules of lifetime, VMS2001 to VMS2013, and VMS9999.</summary>
internal static class LifetimeRules
{
    private const string Category = "VmSplice.Lifetime";

    public static readonly DiagnosticDescriptor WriteAfterHandOver = Rule(
        "VMS2001", DiagnosticSeverity.Error, "Write to memory that was given away",
        "{0} is written after {1}: the reader may still see these pages, and gets the new bytes. Write before the call, or rent another buffer.",
        "The pages stay shared with the reader until it has consumed them, and nothing tells when. A store to them changes what the reader reads.");

    public static readonly DiagnosticDescriptor UseAfterHandOver = Rule(
        "VMS2002", DiagnosticSeverity.Error, "Use of a buffer after it was handed over",
        "{0} is used after {1}: the memory is no longer yours, and neither is any span, reference or pointer of it. Use it before the call, or rent another buffer.",
        "Sending, gifting and freezing are moves: afterwards the caller holds nothing, neither the buffer nor a view taken from it.");

    public static readonly DiagnosticDescriptor StaleSlot = Rule(
        "VMS2003", DiagnosticSeverity.Error, "Record used after its writer or reader moved on",
        "{0} is used after {1}: it was valid until then only. Finish with a record before the next call, or copy it.",
        "A record writer hands out slots of the page that it fills, a record reader views of the memory that it fills again. Both are over when it moves on.");

    public static readonly DiagnosticDescriptor Possible = Rule(
        "VMS2004", DiagnosticSeverity.Warning, "Possible use of memory that was given away",
        "{0} may be {2} after {1}: {3}",
        "On some path, or through an alias that may be it, memory is used that was given away.");

    public static readonly DiagnosticDescriptor StackMemory = Rule(
        "VMS2005", DiagnosticSeverity.Error, "Stack memory handed to vmsplice",
        "{0} is stack memory: this method's frame is reused while the pages are still in the pipe. Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "A stack frame is reused as soon as the method returns, while its pages are still in the pipe.");

    public static readonly DiagnosticDescriptor NotPinned = Rule(
        "VMS2006", DiagnosticSeverity.Error, "Garbage-collected memory handed to vmsplice without a lasting pin",
        "{0} {1}. Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "The garbage collector moves what is not pinned, and gives its place to other objects, while the pages are still in the pipe.");

    public static readonly DiagnosticDescriptor FreedInFlight = Rule(
        "VMS2007", DiagnosticSeverity.Error, "Memory freed while in flight",
        "{0} is {2} after {1}: nothing shows that the pipe was drained, and the next owner's bytes would go to the reader. Keep it until the reader has read, Write() the bytes, or fill a PageBuffer<T> and Send it.",
        "Freed memory has a next owner, and the pages in the pipe are the same. nix-rust/nix issue 2633 is such a case.");

    public static readonly DiagnosticDescriptor SentTwice = Rule(
        "VMS2008", DiagnosticSeverity.Error, "Buffer handed over twice",
        "{0} is handed over again after {1}: the first call took the buffer. Rent another, or Freeze() content that is sent many times.",
        "The first call took the buffer; there is nothing left to hand over.");

    public static readonly DiagnosticDescriptor StaysReachable = Rule(
        "VMS2009", DiagnosticSeverity.Warning, "Buffer that was handed over stays reachable",
        "{0} still holds the buffer after it is {1} here: whoever uses it next meets memory that was given away. Replace it, or set it to default.",
        "A field, a collection or a capture that still holds a buffer that was given away is a mistake that waits for its next user.");

    public static readonly DiagnosticDescriptor UnknownEffect = Rule(
        "VMS2010", DiagnosticSeverity.Info, "Effect of a method on a buffer is not known",
        "What '{1}' does with {0} is not known, so nothing after it is checked: annotate its parameter '{2}' with [Consumes], [Borrows] or [Writes], or state it in VmSplice.Ownership.txt",
        "Ownership is followed across methods by annotations, by a table of the base library and by the source. Where none of them tells, the analysis stops.");

    public static readonly DiagnosticDescriptor Contradiction = Rule(
        "VMS2011", DiagnosticSeverity.Warning, "Method contradicts its ownership annotation",
        "Parameter '{0}' is marked [{1}], but the method {2}. Change the annotation or the body: callers are checked against the annotation.",
        "Callers rely on the annotation, and the analysis trusts it.");

    public static readonly DiagnosticDescriptor FrozenWrite = Rule(
        "VMS2012", DiagnosticSeverity.Error, "Write to frozen pages",
        "{0} is written after {1}: frozen pages are read-only, and a store to them faults. Write before Freeze().",
        "Frozen pages are mapped read-only, because they may be in any number of pipes.");

    public static readonly DiagnosticDescriptor Leak = Rule(
        "VMS2013", DiagnosticSeverity.Warning, "Rented buffer or record writer left behind",
        "{0} is {1}: {2}",
        "Pages that are neither sent nor disposed stay mapped until the process ends. Records of a writer that is neither completed nor disposed stay in its last chunk, and its reader waits.");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        WriteAfterHandOver, UseAfterHandOver, StaleSlot, Possible, StackMemory, NotPinned, FreedInFlight, SentTwice,
        StaysReachable, UnknownEffect, Contradiction, FrozenWrite, Leak, GaveUp.Rule,
    ];

    private static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message, string description)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, description, RuleHelp.For(id));
}
