using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4001–VMS4010: the call is made, but wrongly.</summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor ResultIgnored = Rule(
        RuleIds.ResultIgnored,
        DiagnosticSeverity.Warning,
        "Result of the raw call, or of an asynchronous send, is ignored",
        "The result of '{0}' is ignored: {1}",
        "vmsplice(2) transfers as much as there is room for. Who ignores the result loses the rest silently. A send that nobody awaits fails silently.");

    public static readonly DiagnosticDescriptor ShortTransfer = Rule(
        RuleIds.ShortTransfer,
        DiagnosticSeverity.Warning,
        "Short transfer is not handled",
        "The result of '{0}' {1}; compare the result with the length and send the rest, or use SpliceWriter, which does",
        "vmsplice(2) transfers as much as there is room for. Checking for failure alone loses the rest silently, "
            + "and to begin anew sends the first part twice.");

    public static readonly DiagnosticDescriptor NotAPipe = Rule(
        RuleIds.NotAPipe,
        DiagnosticSeverity.Error,
        "Descriptor is not a pipe",
        "'{0}' is {1}, and vmsplice works on pipes alone (EBADF): splice through a pipe (SplicePipe.Create), or write to it with its own API",
        "vmsplice(2) works on pipes alone; for a file or a socket it fails with EBADF.");

    public static readonly DiagnosticDescriptor WrongEnd = Rule(
        RuleIds.WrongEnd,
        DiagnosticSeverity.Error,
        "Wrong end of the pipe",
        "'{0}' is {1}, but {2}; {3}",
        "Data goes in at the write end and comes out at the read end; frozen pages cannot be received into.");

    public static readonly DiagnosticDescriptor UselessFlag = Rule(
        RuleIds.UselessFlag,
        DiagnosticSeverity.Warning,
        "Flag has no effect in vmsplice",
        "{0} has no effect in vmsplice (it is meant for splice): leave it out",
        "SPLICE_F_MOVE and SPLICE_F_MORE are accepted by vmsplice(2) and ignored: they promise what does not happen.");

    public static readonly DiagnosticDescriptor CopyingButForwarded = Rule(
        RuleIds.CopyingButForwarded,
        DiagnosticSeverity.Warning,
        "Reader is declared as copying, but the stream is forwarded without a copy",
        "The reader of '{0}' is declared PipeReaderKind.Copying, but '{1}' forwards the same stream without a copy, "
            + "so that recycled pages change under it: declare PipeReaderKind.Unknown, or read and write",
        "PipeReaderKind.Copying is the word that the reader copies. A reader that forwards pages with splice or tee sees the next data in place of the last.");

    public static readonly DiagnosticDescriptor LateErrorNumber = Rule(
        RuleIds.LateErrorNumber,
        DiagnosticSeverity.Warning,
        "Error number is not that of the raw call",
        "'{0}' does not give the error of '{1}' here: {2}; {3}",
        "The error number belongs to the last call that set it. Another call in between, or a declaration without SetLastError, "
            + "leaves one that means something else.");

    public static readonly DiagnosticDescriptor InputOpen = Rule(
        RuleIds.InputOpen,
        DiagnosticSeverity.Info,
        "Child is waited for while its input is open",
        "'{0}' is waited for here, and '{1}' is still open: a child that reads to the end of its input waits for that end, and the program for the child. "
            + "Dispose '{1}' first.",
        "A reader sees the end of a pipe when its last writer is closed. A using declaration closes the writer at the end of the block, "
            + "which is behind the wait.");

    public static readonly DiagnosticDescriptor QuestionNotSent = Rule(
        RuleIds.QuestionNotSent,
        DiagnosticSeverity.Warning,
        "Answer is waited for before the question is sent",
        "'{0}' waits for an answer here, and what was written to '{1}' on line {2} may still be in its chunk: call {1}.Flush() first",
        "A record writer sends a chunk when it is full. A child that waits for a question which is not sent never answers.");

    public static readonly DiagnosticDescriptor BlocksInAsync = Rule(
        RuleIds.BlocksInAsync,
        DiagnosticSeverity.Info,
        "Slot is asked for in asynchronous code without a look at FreeSlots",
        "'{0}' sends the chunk where it is full, and blocks this thread until the pipe has room: where FreeSlots is 0, await FlushAsync() first, "
            + "or use WriteAsync",
        "A ref cannot live across an await, so there is no NextAsync. While FreeSlots is above 0, Next does not wait.");

    private static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message, string description)
        => new(id, title, message, "VmSplice.Usage", severity, isEnabledByDefault: true, description, RuleHelp.For(id));
}
