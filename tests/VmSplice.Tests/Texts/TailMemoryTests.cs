using System.Buffers.Binary;
using System.Globalization;

namespace VmSplice.Tests.Texts;

/// <summary>A reader takes no memory for what a header merely says that is coming.</summary>
[Collection(nameof(Alone))]
public class TailMemoryTests
{
    [Theory]
    [InlineData(1_000_000_000u)]
    [InlineData(0xFFFF_FFFFu)]
    public void TailThatIsSaidToBeHuge_TakesNoMemoryBeforeItArrives(uint length)
    {
        byte[] stream = [.. DamagedTextTests.Stream];
        BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(64 + 16), length);
        long before = MostMapped();
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => DamagedTextTests.Read(stream));
        Assert.True(e.Fault is StreamFault.Cut or StreamFault.Damaged);
        Assert.InRange(MostMapped() - before, 0, 64 * 1024 * 1024);
    }

    private static long MostMapped()
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmPeak:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
