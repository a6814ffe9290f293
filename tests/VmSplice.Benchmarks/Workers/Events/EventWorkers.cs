using System.Text.Json;
using Google.Protobuf;
using MemoryPack;
using VmSplice.Benchmarks.Workers.Events.Messages;
using VmSplice.Benchmarks.Workers.Peers;

namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>
/// A log of events with texts from one process to another, which counts them: as records of this package, or as messages of a serializer in the frames that
/// the suite <c>peers</c> has. A round of so many bytes has one event for each 64.
/// </summary>
internal static class EventWorkers
{
    public const int BytesOfEvent = 64;

    public static int Write(WorkerOptions options)
    {
        if (options.Way == "vmsplice")
        {
            return WriteRecords(options);
        }

        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Write);
        FrameWriter frames = new(stream);
        Action<long> write = options.Way switch
        {
            "memorypack" => WriteMemoryPack(frames),
            "protobuf" => WriteProtobuf(frames),
            "json" => WriteJson(frames),
            _ => throw new ArgumentException($"no such way: {options.Way}"),
        };
        return WorkerLoop.Run(bytes =>
        {
            for (long i = 0; i < bytes / BytesOfEvent; i++)
            {
                frames.BeginFrame();
                write(i);
                frames.EndFrame();
            }

            frames.Flush();
            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        if (options.Way == "vmsplice")
        {
            return ReadRecords(options);
        }

        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Read);
        FrameReader frames = new(stream);
        Event message = new();
        EventMessage? packed = new();
        return WorkerLoop.Run(bytes =>
        {
            EventCounts counts = new();
            for (long i = 0; i < bytes / BytesOfEvent; i++)
            {
                ReadOnlySpan<byte> frame = frames.Read();
                switch (options.Way)
                {
                    case "memorypack":
                        MemoryPackSerializer.Deserialize(frame, ref packed);
                        counts.Add(packed!.Level, packed.Message, packed.Host);
                        break;
                    case "protobuf":
                        // Fields of zero are not sent.
                        message.Level = 0;
                        message.MergeFrom(frame);
                        counts.Add(message.Level, message.Message, message.Host);
                        break;
                    default:
                        EventMessage read = JsonSerializer.Deserialize(frame, EventJson.Default.EventMessage)!;
                        counts.Add(read.Level, read.Message, read.Host);
                        break;
                }
            }

            return counts.Sum;
        });
    }

    private static int WriteRecords(WorkerOptions options)
    {
        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new()
        {
            Reader = options.Text("reader", "copying") == "copying" ? PipeReaderKind.Copying : PipeReaderKind.Unknown,
            PipeCapacity = options.Pipe,
        });
        return WorkerLoop.Run(bytes =>
        {
            using RecordWriter<EventRecord> events = new(output, new() { InPlace = options.InPlace, LeaveOpen = true });
            for (long i = 0; i < bytes / BytesOfEvent; i++)
            {
                ref EventRecord e = ref events.Next();
                e.Time = i;
                e.Level = EventTexts.LevelOf(i);
                e.Thread = (int)i;
                e.Message = events.AddText(EventTexts.MessageOf(i));
                e.Host = events.AddText(EventTexts.HostOf(i));
            }

            events.Complete();
            return 0;
        });
    }

    private static int ReadRecords(WorkerOptions options)
    {
        using SpliceReader input = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        return WorkerLoop.Run(_ =>
        {
            using RecordReader<EventRecord> events = new(input, new() { LeaveOpen = true });
            EventCounts counts = new();
            foreach (ref readonly EventRecord e in events)
            {
                counts.Add(e.Level, events.GetText(e.Message), events.GetText(e.Host));
            }

            return counts.Sum;
        });
    }

    private static Action<long> WriteMemoryPack(FrameWriter frames)
    {
        EventMessage message = new();
        return i =>
        {
            Set(message, i);
            MemoryPackSerializer.Serialize(frames, message);
        };
    }

    private static Action<long> WriteProtobuf(FrameWriter frames)
    {
        Event message = new();
        return i =>
        {
            message.Time = i;
            message.Level = EventTexts.LevelOf(i);
            message.Thread = (int)i;
            message.Message = EventTexts.MessageOf(i);
            message.Host = EventTexts.HostOf(i);
            int length = message.CalculateSize();
            message.WriteTo(frames.GetSpan(length)[..length]);
            frames.Advance(length);
        };
    }

    private static Action<long> WriteJson(FrameWriter frames)
    {
        EventMessage message = new();
        Utf8JsonWriter writer = new(frames);
        return i =>
        {
            Set(message, i);
            writer.Reset(frames);
            JsonSerializer.Serialize(writer, message, EventJson.Default.EventMessage);
            writer.Flush();
        };
    }

    private static void Set(EventMessage message, long i)
    {
        message.Time = i;
        message.Level = EventTexts.LevelOf(i);
        message.Thread = (int)i;
        message.Message = EventTexts.MessageOf(i);
        message.Host = EventTexts.HostOf(i);
    }
}
