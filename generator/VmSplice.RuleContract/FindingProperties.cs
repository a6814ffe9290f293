namespace VmSplice.RuleContract;

/// <summary>Keys of what a finding tells a code fix. A rule writes each, and a fix reads it.</summary>
public static class FindingProperties
{
    /// <summary>The type to store instead.</summary>
    public const string Replacement = nameof(Replacement);

    /// <summary>The metadata name of the type to replace.</summary>
    public const string Replaced = nameof(Replaced);

    /// <summary>The names of the fields in an order that leaves no padding, with commas between; absent where there is none.</summary>
    public const string Order = nameof(Order);

    /// <summary>Explicit offsets without overlap or gap: <c>A=0,B=4</c>.</summary>
    public const string Offsets = nameof(Offsets);

    /// <summary>Where the padding starts.</summary>
    public const string PaddingOffset = nameof(PaddingOffset);

    /// <summary>How many bytes of padding there are.</summary>
    public const string PaddingSize = nameof(PaddingSize);

    /// <summary>The largest alignment that a field which fills the padding may have.</summary>
    public const string PaddingAlignment = nameof(PaddingAlignment);

    /// <summary>The field of a union that is kept, over whose bytes the other lies.</summary>
    public const string Kept = nameof(Kept);

    /// <summary>The type of <see cref="Kept"/>, as it is written in full.</summary>
    public const string KeptType = nameof(KeptType);

    /// <summary>How many bytes <see cref="Kept"/> has.</summary>
    public const string KeptSize = nameof(KeptSize);

    /// <summary>Where in <see cref="Kept"/> the other field starts.</summary>
    public const string Within = nameof(Within);

    /// <summary>How many bytes the field has.</summary>
    public const string Size = nameof(Size);

    /// <summary>The type of an element, where the segment's attribute does not say how many there are.</summary>
    public const string Element = nameof(Element);

    /// <summary>The type of a right declaration of a segment: <c>ref Header</c>, <c>Span&lt;byte&gt;</c>.</summary>
    public const string Form = nameof(Form);

    /// <summary>Which of the wrong layouts it is: one of <see cref="LayoutProblem"/>.</summary>
    public const string Problem = nameof(Problem);

    /// <summary>The variable in which a buffer stays reachable.</summary>
    public const string Holder = nameof(Holder);

    /// <summary>Present where a gift is the writer's own, not a flag of the raw call.</summary>
    public const string GiftOfWriter = nameof(GiftOfWriter);

    /// <summary>The writer that is to be disposed or flushed first.</summary>
    public const string Writer = nameof(Writer);

    /// <summary>Present where the code goes on with the rest of a short transfer: to throw there would be wrong.</summary>
    public const string SendsRest = nameof(SendsRest);

    /// <summary>What is wrong with a reading of the error number: one of <see cref="ErrorNumberMistake"/>.</summary>
    public const string Mistake = nameof(Mistake);

    /// <summary>The full name of the type whose layouts are to be recorded.</summary>
    public const string RecordedType = nameof(RecordedType);

    /// <summary>All that is to stand in the layout file of <see cref="RecordedType"/>; empty where the type is gone.</summary>
    public const string Layouts = nameof(Layouts);

    /// <summary>Present where what is recorded now gets lost: programs that know it are refused.</summary>
    public const string BreaksRecord = nameof(BreaksRecord);
}
