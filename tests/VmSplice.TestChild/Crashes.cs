using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.TestChild;

/// <summary>Children that do what the analyzers reject, so that the guard can be seen to catch it; and one that must not crash.</summary>
internal static class Crashes
{
    private const int Length = 256 * 1024;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int WriteToSentPages()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        Span<byte> stale = buffer.Span;
        writer.Send(buffer);
        stale[100] = 1;
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int WriteToGiftedPages()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> buffer = writer.Rent<byte>(Length);
        Span<byte> stale = buffer.Span;
        writer.Gift(buffer);
        stale[Length - 1] = 1;
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int WriteToFrozenPages()
    {
        using FrozenPages<byte> pages = PageBuffer<byte>.Allocate(Length).Freeze();
        MemoryMarshal.GetReference(pages.Span) = 1;
        return 0;
    }

    /// <summary>Everything that is legal, under the guard: rents after sends, reuse, records, freezing.</summary>
    internal static int GuardedTraffic()
    {
        foreach (PipeReaderKind kind in Enum.GetValues<PipeReaderKind>())
        {
            using SplicePipe pipe = SplicePipe.Create();
            using SpliceReader reader = pipe.OpenReader();
            using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
            byte[] arrived = new byte[pipe.Capacity / 2];
            for (int round = 0; round < 30; round++)
            {
                PageBuffer<byte> buffer = writer.Rent<byte>(arrived.Length);
                StreamPattern.Fill(buffer.Span, round);
                if (round % 3 == 0)
                {
                    writer.Gift(buffer);
                }
                else if (round % 3 == 1)
                {
                    using FrozenPages<byte> frozen = buffer.Freeze();
                    writer.Send(frozen);
                }
                else
                {
                    writer.Send(buffer);
                }

                reader.ReadExactly(arrived);
                if (StreamPattern.Mismatch(arrived, round) >= 0)
                {
                    return 1;
                }
            }
        }

        Console.WriteLine("right");
        return 0;
    }
}
