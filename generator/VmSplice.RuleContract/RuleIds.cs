namespace VmSplice.RuleContract;

/// <summary>The ID of every rule: the only place that writes one.</summary>
public static class RuleIds
{
    /// <summary>The type, or one around it, is not partial.</summary>
    public const string NotPartial = "VMS1001";

    /// <summary>A field means nothing in another process.</summary>
    public const string Reference = "VMS1002";

    /// <summary>The layout promises nothing, overlaps or has gaps.</summary>
    public const string Layout = "VMS1003";

    /// <summary>Bytes belong to no field.</summary>
    public const string Padding = "VMS1004";

    /// <summary>The size of a field depends on the platform.</summary>
    public const string PlatformSize = "VMS1005";

    /// <summary>Not every pattern of bytes is a value of the field's type.</summary>
    public const string InvalidPatterns = "VMS1006";

    /// <summary>The kind of type cannot be sent.</summary>
    public const string Kind = "VMS1007";

    /// <summary>A segment is declared wrongly.</summary>
    public const string Segment = "VMS1008";

    /// <summary>The type of a field is a struct that is not spliceable.</summary>
    public const string NotSpliceable = "VMS1009";

    /// <summary>Another generator adds fields that this one did not see.</summary>
    public const string UnseenFields = "VMS1010";

    /// <summary>A member has the name of one that is generated.</summary>
    public const string TakenName = "VMS1011";

    /// <summary>A record or buffer of a type that is not marked.</summary>
    public const string UnmarkedType = "VMS1012";

    /// <summary>A layout is not what the layout file says.</summary>
    public const string RecordedLayout = "VMS1013";

    /// <summary>A write to memory that was given away.</summary>
    public const string WriteAfterTransfer = "VMS2001";

    /// <summary>Another use of memory that was given away.</summary>
    public const string UseAfterTransfer = "VMS2002";

    /// <summary>A record used after its writer or reader moved on.</summary>
    public const string StaleSlot = "VMS2003";

    /// <summary>A use that is wrong on some path, or through what may be an alias.</summary>
    public const string PossibleUse = "VMS2004";

    /// <summary>Stack memory handed to the raw call.</summary>
    public const string StackMemory = "VMS2005";

    /// <summary>Garbage-collected memory handed to the raw call without a lasting pin.</summary>
    public const string NotPinned = "VMS2006";

    /// <summary>Memory freed while in flight.</summary>
    public const string FreedInFlight = "VMS2007";

    /// <summary>A buffer handed over twice.</summary>
    public const string SentTwice = "VMS2008";

    /// <summary>A buffer stays reachable after it was handed over.</summary>
    public const string StaysReachable = "VMS2009";

    /// <summary>The effect of a method on a buffer is not known.</summary>
    public const string UnknownEffect = "VMS2010";

    /// <summary>A method contradicts its ownership annotation.</summary>
    public const string Contradiction = "VMS2011";

    /// <summary>A write to frozen pages.</summary>
    public const string FrozenWrite = "VMS2012";

    /// <summary>A buffer or record writer left behind.</summary>
    public const string Leak = "VMS2013";

    /// <summary>A stream that is never completed.</summary>
    public const string UncompletedStream = "VMS2014";

    /// <summary>A record slot copied where it should be referred to.</summary>
    public const string CopiedRecord = "VMS2015";

    /// <summary>A batch kept longer than it is valid.</summary>
    public const string KeptBatch = "VMS2016";

    /// <summary>The address of a gift is not the start of a page.</summary>
    public const string AddressNotAligned = "VMS3001";

    /// <summary>The length of a gift is not whole pages.</summary>
    public const string LengthNotWholePages = "VMS3002";

    /// <summary>More segments than a call takes, by constant or by declaration.</summary>
    public const string SegmentCount = "VMS3003";

    /// <summary>Nothing bounds the number of segments.</summary>
    public const string UnboundedSegments = "VMS3004";

    /// <summary>The page size is written as a number.</summary>
    public const string PageSizeLiteral = "VMS3005";

    /// <summary>Segments of one call overlap.</summary>
    public const string OverlappingSegments = "VMS3006";

    /// <summary>Nothing shows that a gift is aligned.</summary>
    public const string AlignmentUnproved = "VMS3007";

    /// <summary>The result of the raw call is ignored.</summary>
    public const string ResultIgnored = "VMS4001";

    /// <summary>A short transfer is not handled.</summary>
    public const string ShortTransfer = "VMS4002";

    /// <summary>The descriptor is no pipe.</summary>
    public const string NotAPipe = "VMS4003";

    /// <summary>The descriptor is the wrong end of a pipe.</summary>
    public const string WrongEnd = "VMS4004";

    /// <summary>A flag without effect.</summary>
    public const string UselessFlag = "VMS4005";

    /// <summary>The reader is declared as copying, and the stream is forwarded.</summary>
    public const string CopyingButForwarded = "VMS4006";

    /// <summary>The error number is read after another call.</summary>
    public const string LateErrorNumber = "VMS4007";

    /// <summary>A child is waited for while its input is open.</summary>
    public const string InputOpen = "VMS4008";

    /// <summary>An answer is read before the question is sent.</summary>
    public const string QuestionNotSent = "VMS4009";

    /// <summary>A slot is asked for in asynchronous code, where that may block.</summary>
    public const string BlocksInAsync = "VMS4010";

    /// <summary>The analysis gave up.</summary>
    public const string GaveUp = "VMS9999";
}
