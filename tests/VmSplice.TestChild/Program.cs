using System.Globalization;
using VmSplice.TestChild;

// The other process of many tests. Each command is one scenario; what is right is judged by the test that started it.
return args switch
{
    ["write-stdout", var bytes, var reader, var chunk] =>
        Senders.ToStandardOutput(Number(bytes), Enum.Parse<VmSplice.PipeReaderKind>(reader), (int)Number(chunk)),
    ["write-stdout-async", var bytes] => Senders.ToStandardOutputAsync((int)Number(bytes)),
    ["many-pipes", var pipes, var messages] => ManyPipes.Run((int)Number(pipes), Number(messages)),
    ["async-garbage", "bytes", var rounds] => AsyncGarbage.OfBytes((int)Number(rounds)),
    ["async-garbage", "gathers", var rounds] => AsyncGarbage.OfGathers((int)Number(rounds)),
    ["async-garbage", "buffers", var rounds] => AsyncGarbage.OfBuffers((int)Number(rounds)),
    ["async-garbage", "new-buffers", var rounds] => AsyncGarbage.OfNewBuffers((int)Number(rounds)),
    ["async-garbage", "record-writes", var rounds] => AsyncGarbage.OfRecordWrites((int)Number(rounds)),
    ["async-garbage", "texts", var rounds] => AsyncGarbage.OfTexts((int)Number(rounds)),
    ["async-garbage", "records", var rounds] => AsyncGarbage.OfRecords((int)Number(rounds)),
    ["short-streams", var count] => ShortStreams.Resident((int)Number(count)),
    ["send-inherited", var bytes, var chunk] => Senders.ToInherited(Number(bytes), (int)Number(chunk)),
    ["send-and-exit", var bytes] => Senders.SendOneAndExit((int)Number(bytes)),
    ["records-send", var count, var ending] => Senders.Records(Number(count), ending),
    ["link-records"] => Senders.RecordsBack(),
    ["records-check"] => Readers.CheckRecords(),
    ["records-check-stdin"] => Readers.CheckRecordsOfStandardInput(),
    ["frames-check"] => Frames.CheckInherited(),
    ["relay"] => Readers.Relay(),
    ["relay-async"] => Readers.RelayAsync().GetAwaiter().GetResult(),
    ["check-stdin-async"] => Readers.CheckStandardInputAsync().GetAwaiter().GetResult(),
    ["why-no-stdin"] => Readers.WhyStandardInputIsRefused(),
    ["records-send-stdout", var count] => Senders.RecordsToStandardOutput(Number(count)),
    ["check-stdin"] => Readers.CheckStandardInput(),
    ["splice-through", var slow] => Readers.SpliceThrough(slow == "slow"),
    ["descriptors"] => Descriptors.Print(),
    ["in-place-write"] => InPlaceSides.Write(),
    ["in-place-read"] => InPlaceSides.Read(),
    ["in-place-broadcast", .. var fifos] => InPlaceSides.Broadcast(fifos),
    ["in-place-read-and-tell"] => InPlaceSides.ReadAndTell(VmSplice.SpliceReader.OpenInherited()),
    ["in-place-write-stdout", var count] => InPlaceSides.WriteStandardOutput(int.Parse(count, CultureInfo.InvariantCulture)),
    ["in-place-relay"] => InPlaceSides.Relay(),
    ["in-place-read-stdin"] => InPlaceSides.ReadStandardInput(),
    ["touch-sent"] => Crashes.WriteToSentPages(),
    ["touch-gifted"] => Crashes.WriteToGiftedPages(),
    ["touch-frozen"] => Crashes.WriteToFrozenPages(),
    ["guarded-traffic"] => Crashes.GuardedTraffic(),
    ["kernel-support"] => PrintSupport(),
    ["traffic"] => Traffic.Run(),
    ["traffic-to-targets"] => TargetTraffic.Run(),
    ["no-descriptors"] => Scarcity.OfDescriptors(),
    ["locked-memory"] => Scarcity.OfUnlockedMemory(),
    _ => Unknown(),
};

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static int PrintSupport()
{
    Console.WriteLine($"{VmSplice.KernelSupport.Current.PageSharing}\n{VmSplice.KernelSupport.Current}");
    return 0;
}

int Unknown()
{
    Console.Error.WriteLine($"no such command: {string.Join(' ', args)}");
    return 2;
}
