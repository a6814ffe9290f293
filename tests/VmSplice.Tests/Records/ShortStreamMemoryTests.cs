using System.Globalization;

namespace VmSplice.Tests.Records;

/// <summary>Most streams are short: one that carried ten records keeps a few small pages resident, and no huge page.</summary>
[Trait("Category", "Transport")]
public class ShortStreamMemoryTests
{
    private const int BytesForEachSide = 128 * 1024;

    [Fact]
    public void TenRecords_KeepAFewPagesOnEachSide()
    {
        long resident = long.Parse(Child.Run(Child.Helper("short-streams", "200")), CultureInfo.InvariantCulture);
        Assert.InRange(resident, 1, 2 * BytesForEachSide);
    }
}
