using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Analyzers.Usage;

/// <summary>VMS4001–VMS4007: the call is made, but wrongly.</summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor ResultIgnored = Rule(
        "VMS4001",
        DiagnosticSeverity.Warning,
        "Result of the raw call is ignored",
        "The result of '{0}' is ignored: the kernel may take fewer bytes than it is given{1}; compare the result with the length and send the rest, or use SpliceWriter, which does");

    public static readonly DiagnosticDescriptor ShortTransfer = Rule(
        "VMS4002",
        DiagnosticSeverity.Warning,
        "Short transfer is not handled",
        "The result of '{0}' is only checked for failure: the kernel may take fewer bytes than it is given, and the rest is lost; compare the result with the length and send the rest, or use SpliceWriter, which does");

    public static readonly DiagnosticDescriptor NotAPipe = Rule(
        "VMS4003",
        DiagnosticSeverity.Error,
        "Descriptor is not a pipe",
        "'{0}' is {1}, and vmsplice works on pipes alone (EBADF): splice through a pipe (SplicePipe.Create), or write to it with its own API");

    public static readonly DiagnosticDescriptor WrongEnd = Rule(
        "VMS4004",
        DiagnosticSeverity.Error,
        "Wrong end of the pipe",
        "'{0}' is {1}, but {2}; {3}");

    public static readonly DiagnosticDescriptor UselessFlag = Rule(
        "VMS4005",
        DiagnosticSeverity.Warning,
        "Flag has no effect in vmsplice",
        "{0} has no effect in vmsplice (it is meant for splice): leave it out");

    public static readonly DiagnosticDescriptor CopyingButForwarded = Rule(
        "VMS4006",
        DiagnosticSeverity.Warning,
        "Reader is declared as copying, but the stream is forwarded without a copy",
        "The reader of '{0}' is declared PipeReaderKind.Copying, but '{1}' forwards the same stream without a copy, so that recycled pages change under it: declare PipeReaderKind.Unknown, or read and write");

    public static readonly DiagnosticDescriptor LateErrorNumber = Rule(
        "VMS4007",
        DiagnosticSeverity.Warning,
        "Error number is not that of the raw call",
        "'{0}' does not give the error of '{1}' here: {2}; {3}");

    private static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message) =>
        new(id, title, message, "VmSplice.Usage", severity, isEnabledByDefault: true,
            helpLinkUri: RuleHelp.For(id));
}
