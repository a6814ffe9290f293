using VmSplice.Diagnostics;
using VmSplice.Tests.Metrics;

namespace VmSplice.Tests.Modes;

/// <summary>A flag is refused that the probe did not use. Each combination of flags that is used, on each kind of target.</summary>
[Collection(nameof(Alone))]
public class RefusedFlagTests
{
    private const int Length = 256 * 1024;

    public static TheoryData<string, string> Combinations => new()
    {
        { "vmsplice:3&8=EOPNOTSUPP", "SPLICE_F_GIFT" },
        { "vmsplice:3&8=EINVAL", "SPLICE_F_GIFT" },
        { "vmsplice:3&8=EPERM", "SPLICE_F_GIFT" },
        { "vmsplice:3&8=ENOSYS", "SPLICE_F_GIFT" },
        { "vmsplice=EOPNOTSUPP", "vmsplice" },
        { "vmsplice=EPERM", "vmsplice" },
    };

    [SkippableTheory]
    [MemberData(nameof(Combinations))]
    public void GiftOfPages_SameBytesAndOneFallback(string rule, string fallback)
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        using Recording recording = new();
        Injected.Rules(rule, () =>
        {
            for (int i = 0; i < 3; i++)
            {
                PageBuffer<byte> page = writer.Rent<byte>(Length);
                StreamPattern.Fill(page.Span, i * Length);
                writer.Gift(page);
            }
        });
        byte[] arrived = new byte[3 * Length];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(1, recording.Sum("vmsplice.fallbacks", Instruments.FallbackTag, fallback));
        Assert.Equal(1, recording.Sum("vmsplice.fallbacks"));
    }

    [SkippableTheory]
    [MemberData(nameof(Combinations))]
    public void GiftOfASpliceableBuffer_ArrivesAndItsWriterGoesOn(string rule, string fallback)
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        using Recording recording = new();
        Background sender = Background.Run(() => Injected.Rules(rule, () =>
        {
            for (int i = 0; i < 4; i++)
            {
                Picture picture = Picture.Rent(writer);
                picture.Draw(i);
                if (i % 2 == 0)
                {
                    writer.Gift(picture);
                }
                else
                {
                    writer.GiftAsync(picture).AsTask().Wait();
                }
            }
        }));
        using Picture arrived = Picture.Allocate();
        for (int i = 0; i < 4; i++)
        {
            reader.ReceiveInto(arrived);
            Assert.True(arrived.Shows(i));
        }

        sender.Join();
        Assert.InRange(recording.Sum("vmsplice.fallbacks", Instruments.FallbackTag, fallback), 1, 1);
    }
}
