using VmSplice.Diagnostics;
using VmSplice.Pipes;
using VmSplice.Tests.Metrics;

namespace VmSplice.Tests.Memory;

/// <summary>
/// In a pipe of a page every send is faster by write(2), in one of 64 KiB a short one of fresh pages, with a thread that waits or without: whatever is
/// sent, and however it is put together, the thresholds look at the pipe (docs/kernel.md, "Thresholds").
/// </summary>
[Collection(nameof(Alone))]
public class SmallPipeTests
{
    private const int Capacity = 65_536;

    private static readonly Dictionary<string, Action<SpliceWriter, int>> s_sends = new()
    {
        ["Send of a buffer"] = (w, bytes) => w.Send(w.Rent<byte>(bytes)),
        ["Send of frozen pages"] = (w, bytes) =>
        {
            using FrozenPages<byte> frozen = w.Rent<byte>(bytes).Freeze();
            w.Send(frozen);
        },
        ["SendAll"] = (w, bytes) => w.SendAll(w.Rent<byte>(bytes / 2), w.Rent<byte>(bytes / 2)),
        ["SpliceGather"] = (w, bytes) =>
        {
            using SpliceGather gather = w.CreateGather();
            gather.Add(w.Rent<byte>(bytes / 2));
            gather.Add(w.Rent<byte>(bytes / 2));
            gather.Send();
        },
        ["SendAsync of a buffer"] = (w, bytes) => w.SendAsync(w.Rent<byte>(bytes)).AsTask().GetAwaiter().GetResult(),
        ["SendAsync of frozen pages"] = (w, bytes) =>
        {
            using FrozenPages<byte> frozen = w.Rent<byte>(bytes).Freeze();
            w.SendAsync(frozen).AsTask().GetAwaiter().GetResult();
        },
        ["SendAsync of a gather"] = (w, bytes) =>
        {
            using SpliceGather gather = w.CreateGather();
            gather.Add(w.Rent<byte>(bytes / 2));
            gather.Add(w.Rent<byte>(bytes / 2));
            gather.SendAsync().AsTask().GetAwaiter().GetResult();
        },
    };

    public static TheoryData<string, PipeReaderKind, int, int, bool> Cases
    {
        get
        {
            TheoryData<string, PipeReaderKind, int, int, bool> cases = [];
            foreach (string send in s_sends.Keys)
            {
                // Before a sender tried again in a small pipe, what it reused was written there up to the pipe's capacity.
                cases.Add(send, PipeReaderKind.Copying, Capacity, Capacity / 2, true);
                cases.Add(send, PipeReaderKind.Copying, Capacity, 2 * Capacity, true);
                cases.Add(send, PipeReaderKind.Unknown, Capacity, 2 * Capacity, false);
                cases.Add(send, PipeReaderKind.Unknown, Capacity, 8 * Capacity, true);
                cases.Add(send, PipeReaderKind.Copying, SharingPolicy.LeastCapacity / 2, Capacity, false);
                cases.Add(send, PipeReaderKind.Unknown, SharingPolicy.LeastCapacity / 2, Capacity, false);
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Send_IsSharedOnlyWhereItPays(string send, PipeReaderKind kind, int capacity, int bytes, bool shares)
    {
        ThisKernel.NeedsSharing();
        Skip.IfNot(KernelSupport.Current.HugePages, "fresh small pages are never shared");
        using SplicePipe pipe = PipeSetup.OfCapacity(capacity);
        Skip.IfNot(pipe.Capacity == capacity, "a page is as long as such a pipe here");
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using Recording recording = new();
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
            s_sends[send](writer, bytes);
        });
        reader.ReadExactly(new byte[bytes]);
        sender.Join();
        Assert.Equal(shares ? bytes : 0, recording.Sum("vmsplice.io", Instruments.CallTag, "vmsplice"));
    }

    [SkippableFact]
    public void Gift_IsSharedWhateverItsLength()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(Capacity);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        using Recording recording = new();
        writer.Gift(writer.Rent<byte>(Environment.SystemPageSize));
        Assert.Equal(Environment.SystemPageSize, recording.Sum("vmsplice.io", Instruments.CallTag, "vmsplice"));
    }
}
