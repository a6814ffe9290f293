using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.InPlace;

/// <summary>When a stream goes in place: once it has sent so much that the memory pays.</summary>
[Collection(nameof(Alone))]
public class LongStreamTests
{
    /// <summary>A stream that ends before it has sent so much would pay for memory that it hardly uses.</summary>
    [Theory]
    [InlineData("VMSPLICE_IN_PLACE_AFTER=1000000", 500_000, true)]
    [InlineData("VMSPLICE_IN_PLACE_AFTER=100000000", 500_000, false)]
    [InlineData("-u VMSPLICE_IN_PLACE_AFTER", 500_000, false)]
    [InlineData("-u VMSPLICE_IN_PLACE_AFTER", 8_000_000, true)]
    public void StreamThatHasShownThatItIsLong_GoesInPlace(string environment, int records, bool inPlace)
    {
        string writer = Child.HelperCommand(string.Create(CultureInfo.InvariantCulture, $"in-place-write-stdout {records}"));
        using Process sides = Child.Start(Child.Shell($"env {environment} {writer} | {Child.HelperCommand("in-place-read-stdin")}"));
        string output = sides.StandardOutput.ReadToEnd();
        sides.WaitForExit();
        Assert.Equal($"{records} records, in place: {inPlace}", output.Trim());
    }
}
