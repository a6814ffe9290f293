using Microsoft.CodeAnalysis;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Segments;

/// <summary>VMS3001–VMS3007: what is sent has the wrong shape.</summary>
internal static class SegmentRules
{
    public static readonly DiagnosticDescriptor AddressNotAligned = Rule(
        RuleIds.AddressNotAligned,
        DiagnosticSeverity.Error,
        "Gifted address is not page-aligned",
        "{0} starts {1}; gifts must start at a page: allocate with PageBuffer<T>.Allocate, or send without the gift flag",
        "Pages can be given away only whole. Linux 6.18 accepts an unaligned gift silently, "
            + "so nothing but this rule and the runtime's own check stands in the way.");

    public static readonly DiagnosticDescriptor LengthNotWholePages = Rule(
        RuleIds.LengthNotWholePages,
        DiagnosticSeverity.Error,
        "Gifted length is not whole pages",
        "{0} is {1}; gifts must be whole pages: round the length up to a multiple of Environment.SystemPageSize, or {2}",
        "Pages can be given away only whole: what else lies in the last page is given away with it. Linux 6.18 accepts such a gift silently.");

    public static readonly DiagnosticDescriptor TooManySegments = Rule(
        RuleIds.SegmentCount,
        DiagnosticSeverity.Error,
        "More than IOV_MAX segments",
        $"{{0}} segments; the kernel takes at most {CallLimits.IovMaxText} (IOV_MAX) in one call and fails with EINVAL beyond: {{1}}",
        $"vmsplice(2) takes at most IOV_MAX ({CallLimits.IovMaxText}) segments a call and fails with EINVAL beyond.");

    public static readonly DiagnosticDescriptor UnboundedSegments = Rule(
        RuleIds.UnboundedSegments,
        DiagnosticSeverity.Warning,
        "Segment count is not bounded by IOV_MAX",
        $"The number of segments{{0}} may exceed {CallLimits.IovMaxText} (IOV_MAX), and then the kernel fails with EINVAL: "
            + $"send at most {CallLimits.IovMaxText} at a time",
        $"vmsplice(2) takes at most IOV_MAX ({CallLimits.IovMaxText}) segments a call. A count that nothing bounds works until the data grows.");

    public static readonly DiagnosticDescriptor PageSizeLiteral = Rule(
        RuleIds.PageSizeLiteral,
        DiagnosticSeverity.Warning,
        "Page size is written as a number",
        "'{0}' takes a page to be 4,096 bytes, but it is 16,384 or 65,536 on other kernels: use {1}",
        "Pages are 4, 16 or 64 KiB, depending on processor and kernel. A number in place of Environment.SystemPageSize is right on some machines only.");

    public static readonly DiagnosticDescriptor OverlappingSegments = Rule(
        RuleIds.OverlappingSegments,
        DiagnosticSeverity.Warning,
        "Segments of one call overlap",
        "Segments {0} and {1} of this call overlap by {2}: the same bytes are transferred twice; give each segment memory of its own",
        "Segments that overlap send the same bytes twice, which is hardly meant; in the other direction the second overwrites the first.");

    public static readonly DiagnosticDescriptor AlignmentUnproved = Rule(
        RuleIds.AlignmentUnproved,
        DiagnosticSeverity.Info,
        "Alignment of a gift cannot be proved",
        "Nothing here shows that {0}, and {1}: {2}",
        "A gift whose alignment depends on what cannot be seen here is not checked by the kernel either.");

    private static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message, string description)
        => new(id, title, message, "VmSplice.Segments", severity, isEnabledByDefault: true, description, RuleHelp.For(id));
}
