using System.Buffers.Binary;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>Streams that were made wrong: cut, with other bytes, with hostile numbers where numbers stand, with pieces that come twice or not at all.</summary>
internal static class Mutations
{
    private static readonly uint[] s_numbers =
        [0, 1, 2, 7, 8, 63, 64, 65, 255, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x4000_0000, 0x4000_0001, 0x00FF_FFFF];

    /// <summary>Makes so many, the same each time.</summary>
    internal static List<byte[]> Of(byte[] stream, int count)
    {
        var random = new Random(count);
        List<byte[]> mutated = [stream, []];
        while (mutated.Count < count)
        {
            byte[] one = [.. stream];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                one = Change(one, random);
            }

            mutated.Add(one);
        }

        return mutated;
    }

    private static byte[] Change(byte[] stream, Random random)
    {
        int place = random.Next(Math.Max(1, stream.Length));
        switch (random.Next(8))
        {
            case 0:
                return stream[..place];
            case 1 when stream.Length > 0:
                stream[place] = (byte)random.Next(256);
                return stream;
            case 2 when stream.Length > 0:
                stream[place] ^= (byte)(1 << random.Next(8));
                return stream;
            case 3:
                return WithNumber(stream, random.Next(stream.Length / 4 + 1) * 4, s_numbers[random.Next(s_numbers.Length)]);
            case 4:
                // In the first headers, where most is decided.
                return WithNumber(stream, random.Next(34) * 4, s_numbers[random.Next(s_numbers.Length)]);
            case 5:
                return WithNumber(stream, random.Next(stream.Length / 4 + 1) * 4, (uint)random.Next(stream.Length + 1));
            case 6:
                int length = Math.Min(64, stream.Length - place);
                return [.. stream[..place], .. stream[(place + length)..]];
            default:
                place &= -64;
                return [.. stream[..place], .. stream[place..Math.Min(place + 64, stream.Length)], .. stream[place..]];
        }
    }

    private static byte[] WithNumber(byte[] stream, int place, uint number)
    {
        if (place + 4 <= stream.Length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(place), number);
        }

        return stream;
    }
}
