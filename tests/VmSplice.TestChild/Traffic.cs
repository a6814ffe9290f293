namespace VmSplice.TestChild;

/// <summary>Everything that can be sent, in every way, to a reader that checks each byte: for processes from which something was taken away.</summary>
internal static class Traffic
{
    private static readonly int[] Lengths = [1, 5_000, 40_000, 300_000, 3_000_000];

    internal static int Run()
    {
        bool right = true;
        foreach (PipeReaderKind kind in Enum.GetValues<PipeReaderKind>())
        {
            right &= Passes($"bytes, {kind}", () => Bytes(kind));
            right &= Passes($"records, {kind}", () => Records(kind));
            right &= Passes($"pictures, {kind}", () => Pictures(kind));
        }

        right &= Passes("forwarded", Forwarded);
        if (right)
        {
            Console.WriteLine("right");
        }

        return right ? 0 : 1;
    }

    private static bool Passes(string name, Func<bool> traffic)
    {
        try
        {
            if (traffic())
            {
                return true;
            }

            Console.WriteLine($"{name}: wrong bytes");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{name}: {e}");
        }

        return false;
    }

    private static bool Bytes(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceReader reader = pipe.OpenReader();
        bool right = true;
        Thread receiver = Started(() =>
        {
            byte[] arrived = new byte[70_000];
            for (int round = 0; ; round++)
            {
                long position = reader.BytesRead;
                int read = round % 2 == 0 ? reader.Read(arrived) : reader.ReadAsync(arrived).AsTask().Result;
                right &= StreamPattern.Mismatch(arrived.AsSpan(0, read), position) < 0;
                if (read == 0)
                {
                    return;
                }
            }
        });
        using (SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }))
        {
            for (int round = 0; round < 3; round++)
            {
                foreach (int length in Lengths)
                {
                    SendInEachWay(writer, length);
                }
            }
        }

        receiver.Join();
        return right;
    }

    private static void SendInEachWay(SpliceWriter writer, int length)
    {
        int whole = Math.Max(1, length / Environment.SystemPageSize) * Environment.SystemPageSize;
        writer.Write(StreamPattern.Take(writer.BytesAccepted, length));
        writer.WriteAsync(StreamPattern.Take(writer.BytesAccepted, length)).AsTask().Wait();
        writer.Send(Filled(length, 0));
        writer.SendAsync(Filled(length, 0)).AsTask().Wait();
        writer.Gift(Filled(whole, 0));
        writer.GiftAsync(Filled(whole, 0)).AsTask().Wait();
        writer.SendAll(Filled(length, 0), Filled(whole, length));
        writer.SendAllAsync<byte>([Filled(whole, 0), Filled(length, whole)]).AsTask().Wait();
        using (FrozenPages<byte> frozen = Filled(length, 0).Freeze())
        {
            writer.Send(frozen);
        }

        using FrozenPages<byte> again = Filled(length, 0).Freeze();
        writer.SendAsync(again).AsTask().Wait();

        PageBuffer<byte> Filled(int bytes, int ahead)
        {
            PageBuffer<byte> buffer = ahead % 2 == 0 ? writer.Rent<byte>(bytes) : PageBuffer<byte>.Allocate(bytes);
            StreamPattern.Fill(buffer.Span, writer.BytesAccepted + ahead);
            return buffer;
        }
    }

    private static bool Records(PipeReaderKind kind)
    {
        const int Count = 200_000;
        using SplicePipe pipe = SplicePipe.Create();
        SpliceReader end = pipe.OpenReader();
        bool right = true;
        Thread receiver = Started(() =>
        {
            using var reader = new RecordReader<Tick>(end);
            long index = 0;
            foreach (ref readonly Tick tick in reader)
            {
                right &= tick.IsAt(index++);
            }

            right &= index == Count;
        });
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter(new SpliceWriterOptions { Reader = kind })))
        {
            for (int i = 0; i < Count; i++)
            {
                writer.Next() = Tick.At(i);
            }

            writer.Complete();
        }

        receiver.Join();
        return right;
    }

    private static bool Pictures(PipeReaderKind kind)
    {
        const int Count = 8;
        using SplicePipe pipe = SplicePipe.Create();
        SpliceReader reader = pipe.OpenReader();
        bool right = true;
        Thread receiver = Started(() =>
        {
            using Picture picture = Picture.Allocate();
            for (int i = 0; i < Count; i++)
            {
                reader.ReceiveInto(picture);
                right &= picture.Shows(i);
            }
        });
        using (SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }))
        {
            for (int i = 0; i < Count; i++)
            {
                Picture picture = Picture.Rent(writer);
                picture.Draw(i);
                switch (i % 4)
                {
                    case 0:
                        writer.Send(picture);
                        break;
                    case 1:
                        writer.Gift(picture);
                        break;
                    case 2:
                        writer.SendAsync(picture).AsTask().Wait();
                        break;
                    default:
                        writer.GiftAsync(picture).AsTask().Wait();
                        break;
                }
            }

            receiver.Join();
        }

        return right;
    }

    private static bool Forwarded()
    {
        const int Length = 1_000_000;
        using SplicePipe first = SplicePipe.Create(), second = SplicePipe.Create();
        SpliceWriter start = first.OpenWriter();
        SpliceReader middle = first.OpenReader();
        SpliceWriter onward = second.OpenWriter();
        SpliceReader end = second.OpenReader();
        Thread sender = Started(() =>
        {
            PageBuffer<byte> buffer = start.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            start.Send(buffer);
            start.Dispose();
        });
        Thread forwarder = Started(() =>
        {
            middle.Forward(onward, Length / 2);
            middle.ForwardAsync(onward).Wait();
            onward.Dispose();
        });
        byte[] arrived = new byte[Length];
        end.ReadExactly(arrived);
        sender.Join();
        forwarder.Join();
        middle.Dispose();
        return StreamPattern.Mismatch(arrived, 0) < 0 && end.Read(arrived) == 0;
    }

    private static Thread Started(Action action)
    {
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                // Nobody else would end: the other side waits.
                Console.WriteLine(e);
                Environment.Exit(1);
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
