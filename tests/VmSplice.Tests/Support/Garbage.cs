namespace VmSplice.Tests.Support;

/// <summary>What "allocates nothing in steady state" means to these tests.</summary>
internal static class Garbage
{
    /// <summary>Bytes of an object without a field.</summary>
    private const int SmallestObject = 24;

    /// <summary>
    /// Fails where a fourth of the operations could have allocated. Zero is no bound that holds: the runtime itself allocates
    /// now and then. Seen on a busy machine: 32 bytes in 500 rounds, and some thousand for a thread that the pool added.
    /// </summary>
    internal static void AssertNone(long bytes, long operations)
        => Assert.True(bytes < operations * SmallestObject / 4, $"{bytes} bytes over {operations} operations");
}
