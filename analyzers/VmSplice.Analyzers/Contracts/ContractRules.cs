using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Contracts.Rules;
using VmSplice.Analyzers.Segments;

namespace VmSplice.Analyzers.Contracts;

/// <summary>The rules on what may be declared <c>[Spliceable]</c>: VMS1001 to VMS1011, and VMS3003 where segments are declared.</summary>
internal static class ContractRules
{
    public const string Category = "VmSplice.Contracts";

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NotPartial.Descriptor,
        ReferenceField.Descriptor,
        UnprovableLayout.Descriptor,
        Padding.Descriptor,
        PlatformSizedField.Descriptor,
        InvalidPatternField.Descriptor,
        UnsupportedKind.Descriptor,
        MalformedSegment.Descriptor,
        NestedStructNotSpliceable.Descriptor,
        UnseenFields.Descriptor,
        TakenName.Descriptor,
        SegmentRules.TooManySegments,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_byId = All.ToImmutableDictionary(rule => rule.Id);

    public static DiagnosticDescriptor For(string id) => s_byId[id];
}
