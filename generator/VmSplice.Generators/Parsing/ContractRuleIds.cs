namespace VmSplice.Generators.Parsing;

/// <summary>The rules that the parser can find broken.</summary>
internal static class ContractRuleIds
{
    public const string NotPartial = "VMS1001";
    public const string Reference = "VMS1002";
    public const string Layout = "VMS1003";
    public const string Padding = "VMS1004";
    public const string PlatformSize = "VMS1005";
    public const string InvalidPatterns = "VMS1006";
    public const string Kind = "VMS1007";
    public const string Segment = "VMS1008";
    public const string NotSpliceable = "VMS1009";
    public const string UnseenFields = "VMS1010";
    public const string TakenName = "VMS1011";
    public const string UnmarkedType = "VMS1012";
    public const string SegmentCount = "VMS3003";
}
