using System.Runtime.InteropServices;

namespace VmSplice.Tests.Texts;

/// <summary>An item of a list, with a field whose bytes may be no value.</summary>
[Spliceable]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal partial record struct Sample
{
    public double Value { get; set; }

    public int Number { get; set; }

    public bool IsLast { get; set; }
}
