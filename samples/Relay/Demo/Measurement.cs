using System.Diagnostics;
using VmSplice;

namespace Relay.Demo;

/// <summary>What travels in the demonstration. It tells when it was made, and every field can be verified.</summary>
[Spliceable]
internal partial struct Measurement
{
    public long Sequence;

    /// <summary>When it was made (<see cref="Stopwatch.GetTimestamp"/>): the same clock for all processes of a machine.</summary>
    public long Time;
    public double Value;
    public int Sensor;
    public Quantity Quantity;

    /// <summary>A number that depends on every field that is the same each time. Their sum does not depend on the order.</summary>
    public readonly ulong Hash
    {
        get
        {
            ulong hash = (ulong)Sequence * 0x9E37_79B9_7F4A_7C15;
            hash ^= BitConverter.DoubleToUInt64Bits(Value) * 0xC2B2_AE3D_27D4_EB4F;
            hash ^= (((ulong)(uint)Sensor << 32) | (uint)Quantity) * 0x1656_67B1_9E37_79F9;
            return hash ^ (hash >> 29);
        }
    }

    /// <summary>The same again for the same sequence, as a source gives it that keeps what is not stored yet.</summary>
    public static void Make(long sequence, out Measurement measurement) => measurement = new Measurement
    {
        Sequence = sequence,
        Time = Stopwatch.GetTimestamp(),
        Value = (sequence * 31 % 10_007) * 0.25,
        Sensor = (int)(sequence % 97),
        Quantity = (Quantity)(sequence % 3),
    };

    /// <summary>The sum of the hashes of the first <paramref name="count"/> measurements.</summary>
    public static ulong ChecksumOf(long count)
    {
        ulong sum = 0;
        for (long sequence = 0; sequence < count; sequence++)
        {
            Make(sequence, out Measurement measurement);
            sum += measurement.Hash;
        }

        return sum;
    }
}
