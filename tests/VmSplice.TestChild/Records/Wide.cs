using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.TestChild;

/// <summary>A record of 5,008 bytes: larger than a page, and no multiple of one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Wide : ISpliceable<Wide>, ITestRecord<Wide>
{
    internal long Index;
    internal Numbers Values;

    public static RecordLayout Layout { get; } = new(
        "VmSplice.TestChild.Wide",
        5008,
        0x7769_6465,
        new RecordField("Index", "long", 0, 8),
        new RecordField("Values", "long[625]", 8, 5000));

    public static bool NeedsValidation => false;

    public static int IndexOfInvalidField(ref readonly Wide record) => -1;

    public static Wide At(long index)
    {
        Wide wide = new() { Index = index };
        for (int i = 0; i < Numbers.Count; i++)
        {
            wide.Values[i] = (index << 16) + i;
        }

        return wide;
    }

    public readonly bool IsAt(long index)
    {
        for (int i = 0; i < Numbers.Count; i++)
        {
            if (Values[i] != (index << 16) + i)
            {
                return false;
            }
        }

        return Index == index;
    }

    [InlineArray(Count)]
    internal struct Numbers
    {
        internal const int Count = 625;
        private long _first;
    }
}
