using VmSplice.CompilerServices;

namespace VmSplice;

/// <summary>
/// Says that a set of values is open: a record may hold a number for which the enum has no member. Put it on the enum, or
/// on a field, property or <see cref="SegmentAttribute">[Segment]</see> that holds one or an inline array of one.
/// </summary>
/// <remarks>
/// Without it the names and values of an enum's members are part of <see cref="RecordLayout.Fingerprint"/>, and a reader
/// refuses a value that has no member. With it neither is so: both processes agree on the number's type alone, each may
/// know other members, and the reader's code must expect a value that it does not know.
/// </remarks>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class OpenEnumAttribute : Attribute;
