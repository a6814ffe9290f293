using System.Buffers;
using System.IO.Pipelines;

namespace VmSplice.Tests.Versions;

/// <summary>Programs that were built from one declaration as it grew understand each other, in both directions; any other difference is refused.</summary>
[Trait("Category", "Transport")]
public sealed class VersionTests
{
    private const int Count = 50_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(300, true)]
    [InlineData(4_096, false)]
    public void OldToNew_MissingFieldsHaveTheirDefaults(int readSize, bool inPlace)
        => Exchange<First.Quote, Third.Quote>(
            readSize,
            inPlace,
            static i => new First.Quote { Time = i, Price = i / 4.0 },
            static (i, got) => got is { Size: 100, Spread: -0.5, IsFirm: true, Depth: 0, Rank: 0, Kind: 'x', Group: 7 }
                && got.Time == i && got.Price == i / 4.0);

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(300, true)]
    [InlineData(4_096, false)]
    public void NewToOld_FieldsThatAreNotKnownArePassedOver(int readSize, bool inPlace)
        => Exchange<Third.Quote, First.Quote>(
            readSize,
            inPlace,
            static i => new Third.Quote { Time = i, Price = i / 4.0, Size = i, Spread = i, Rank = (short)i },
            static (i, got) => got.Time == i && got.Price == i / 4.0);

    [Fact]
    public void BetweenTwoVersions_EachKnowsTheOther()
    {
        Exchange<Second.Quote, Third.Quote>(
            0, true, static i => new Second.Quote { Time = i, Size = i * 2 }, static (i, got) => got.Size == i * 2 && got.IsFirm);
        Exchange<Third.Quote, Second.Quote>(
            0, true, static i => new Third.Quote { Time = i, Size = i * 2 }, static (i, got) => got.Size == i * 2 && got.Time == i);
        Exchange<First.Quote, Second.Quote>(0, true, static i => new First.Quote { Time = i }, static (i, got) => got.Size == 100 && got.Time == i);
    }

    [Fact]
    public void Texts_AreReadByBothBuilds()
    {
        using SplicePipe there = SplicePipe.Create(1024 * 1024);
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<First.Order>(there.OpenWriter());
            for (int i = 0; i < Count; i++)
            {
                ref First.Order order = ref writer.Next();
                order.Id = i;
                order.Symbol = writer.AddText($"S{i}");
            }

            writer.Complete();
        });
        using var reader = new RecordReader<Third.Order>(there.OpenReader());
        int read = 0;
        foreach (ref readonly Third.Order order in reader)
        {
            Assert.Equal((read, 100, Venue.Vienna), (order.Id, order.Size, order.Venue));
            Assert.Equal($"S{read}", reader.GetString(order.Symbol));
            Assert.True(reader.GetText(order.Comment).IsEmpty);
            read++;
        }

        writing.Join();
        Assert.Equal(Count, read);
    }

    [Fact]
    public void NewTexts_AreReadByAnOldBuild()
    {
        using SplicePipe there = SplicePipe.Create(1024 * 1024);
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<Third.Order>(there.OpenWriter());
            for (int i = 0; i < Count; i++)
            {
                ref Third.Order order = ref writer.Next();
                order.Id = i;
                order.Comment = writer.AddText("what the old build does not know");
                order.Symbol = writer.AddText($"S{i}");
            }

            writer.Complete();
        });
        using var reader = new RecordReader<First.Order>(there.OpenReader());
        int read = 0;
        foreach (ref readonly First.Order order in reader)
        {
            Assert.Equal(read, order.Id);
            Assert.Equal($"S{read}", reader.GetString(order.Symbol));
            read++;
        }

        writing.Join();
        Assert.Equal(Count, read);
    }

    /// <summary>The reader's own declaration has no text at all, so it takes records one by one and passes over what lies behind them.</summary>
    [Theory]
    [InlineData(0, 40)]
    [InlineData(300, 40)]
    [InlineData(0, 2_000_000)]
    [InlineData(300, 100_000)]
    public void FirstText_IsPassedOverByAnOldBuild(int readSize, int longest)
    {
        int count = longest > 1_000 ? 20 : Count;
        using SplicePipe there = SplicePipe.Create(1024 * 1024);
        string text = new('t', longest);
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<Fourth.Quote>(there.OpenWriter());
            for (int i = 0; i < count; i++)
            {
                ref Fourth.Quote quote = ref writer.Next();
                quote.Time = i;
                quote.Note = writer.AddText(text.AsSpan(0, i * 7 % (longest + 1)));
                if (i % 1000 == 999)
                {
                    writer.Flush();
                }
            }

            writer.Complete();
        });
        using var reader = new RecordReader<First.Quote>(there.OpenReader(), new() { ReadSize = readSize });
        int read = 0;
        foreach (ref readonly First.Quote quote in reader)
        {
            Assert.Equal(read++, quote.Time);
        }

        writing.Join();
        Assert.Equal(count, read);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(300, false)]
    public void FirstText_IsEmptyWhereAnOldBuildSends(int readSize, bool inPlace)
        => Exchange<First.Quote, Fourth.Quote>(
            readSize, inPlace, static i => new First.Quote { Time = i }, static (i, got) => got.Time == i && got.Size == 100 && got.Note.IsEmpty);

    /// <summary>A relay of a build writes records of that build; what a target did not take is made anew for the next one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public void RelayOfANewBuild_CopiesItsOwnRecords(int read)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SplicePipe first = PipeSetup.OfCapacity(65_536);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<First.Quote>(pipe.OpenWriter());
            for (int i = 0; i < Count; i++)
            {
                writer.Next() = new First.Quote { Time = i, Price = i / 4.0 };
            }

            writer.Complete();
        });
        using var reader = new RecordReader<Third.Quote>(pipe.OpenReader());
        BrokenPipeException? broken = null;
        Background breaking = Background.Run(() =>
        {
            using var target = new RecordWriter<Third.Quote>(first.OpenWriter(PipeSetup.KeepWriterCapacity()));
            broken = Assert.Throws<BrokenPipeException>(() => reader.CopyTo(target));
        });
        using (SpliceReader leaving = first.OpenReader(PipeSetup.KeepReaderCapacity))
        {
            leaving.ReadExactly(new byte[read]);
        }

        breaking.Join();
        Assert.Equal(broken!.RecordsAccepted, reader.RecordsRead);
        Background copying = Background.Run(() =>
        {
            using var target = new RecordWriter<Third.Quote>(second.OpenWriter());
            reader.CopyTo(target);
            target.Complete();
        });
        using var end = new RecordReader<Third.Quote>(second.OpenReader());
        long next = broken.RecordsAccepted!.Value;
        foreach (ref readonly Third.Quote quote in end)
        {
            Assert.True(quote is { Size: 100, Spread: -0.5, IsFirm: true } && quote.Time == next && quote.Price == next / 4.0, $"record {next}");
            next++;
        }

        Assert.Equal(Count, next);
        copying.Join();
        writing.Join();
    }

    [Fact]
    public void StreamCutInATextThatIsNotKnown_IsCut()
    {
        using SplicePipe there = SplicePipe.Create(1024 * 1024);
        byte[] sent = Capture(static writer =>
        {
            writer.Next().Note = writer.AddText(new string('t', 500));
            writer.Flush();
        });
        using (SpliceWriter cut = there.OpenWriter())
        {
            cut.Write<byte>(sent.AsSpan(0, sent.Length - 100));
        }

        using var reader = new RecordReader<First.Quote>(there.OpenReader());
        Assert.Equal(1, reader.ReadBatch().Length);
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => reader.ReadBatch().Length);
        Assert.Equal((StreamFault.Cut, 1L), (e.Fault, e.RecordIndex));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public async Task FirstText_IsPassedOverByPipelinesToo(int segment)
    {
        byte[] sent = Capture(static writer =>
        {
            for (int i = 0; i < 300; i++)
            {
                ref Fourth.Quote quote = ref writer.Next();
                quote.Time = i;
                quote.Note = writer.AddText(new string('t', i));
                if (i % 100 == 99)
                {
                    writer.Flush();
                }
            }

            writer.Complete();
        });
        var pipe = new Pipe();
        Task writing = Task.Run(async () =>
        {
            for (int at = 0; at < sent.Length; at += segment)
            {
                await pipe.Writer.WriteAsync(sent.AsMemory(at, Math.Min(segment, sent.Length - at)));
            }

            await pipe.Writer.CompleteAsync();
        });
        long read = 0;
        await foreach (ReadOnlyMemory<First.Quote> batch in pipe.Reader.ReadRecordsAsync<First.Quote>())
        {
            foreach (First.Quote quote in batch.ToArray())
            {
                Assert.Equal(read++, quote.Time);
            }
        }

        await writing;
        Assert.Equal(300, read);
    }

    /// <summary>A build that knows the version sees that nothing may lie behind its records.</summary>
    [Fact]
    public void TailOfRecordsWithoutTexts_IsDamaged()
    {
        ArrayBufferWriter<byte> old = new();
        RecordCodec.Encode<First.Quote>([new First.Quote { Time = 1 }], old);
        byte[] bytes = old.WrittenSpan.ToArray();
        bytes[64 + 16] = 48;
        Assert.Equal(StreamFault.Damaged, Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<First.Quote>(new(bytes))).Fault);
        Assert.Equal(StreamFault.Damaged, Assert.Throws<RecordStreamException>(() => RecordCodec.Decode<Third.Quote>(new(bytes))).Fault);
        using SplicePipe pipe = SplicePipe.Create();
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write<byte>(bytes);
        }

        using var reader = new RecordReader<Fourth.Quote>(pipe.OpenReader());
        Assert.Equal(StreamFault.Damaged, Assert.Throws<RecordStreamException>(() => reader.ReadBatch().Length).Fault);
    }

    [Fact]
    public async Task CodecAndPipelines_ConvertToo()
    {
        ArrayBufferWriter<byte> old = new();
        RecordCodec.Encode<First.Quote>([.. Enumerable.Range(0, 5_000).Select(i => new First.Quote { Time = i })], old);
        Third.Quote[] decoded = RecordCodec.Decode<Third.Quote>(new ReadOnlySequence<byte>(old.WrittenMemory));
        Assert.Equal(5_000, decoded.Length);
        Assert.All(decoded.Index(), one => Assert.True(one.Item.Time == one.Index && one.Item.Size == 100));

        ArrayBufferWriter<byte> young = new();
        RecordCodec.Encode<Third.Quote>([.. Enumerable.Range(0, 5_000).Select(i => new Third.Quote { Time = i })], young);
        long read = 0;
        await foreach (ReadOnlyMemory<First.Quote> batch in PipeReader.Create(new ReadOnlySequence<byte>(young.WrittenMemory)).ReadRecordsAsync<First.Quote>())
        {
            foreach (First.Quote quote in batch.ToArray())
            {
                Assert.Equal(read++, quote.Time);
            }
        }

        Assert.Equal(5_000, read);
    }

    [Fact]
    public void ChangedDeclaration_RefusedInBothDirections()
    {
        Assert.Equal(StreamFault.Layout, Refusal<Other.Quote, First.Quote>().Fault);
        Assert.Equal(StreamFault.Layout, Refusal<First.Quote, Other.Quote>().Fault);
        RecordStreamException e = Refusal<Third.Quote, Other.Quote>();
        Assert.Equal((StreamFault.Layout, "Price"), (e.Fault, e.Field));
    }

    [Fact]
    public void SameVersion_IsNotConverted()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (var writer = new RecordWriter<Third.Quote>(pipe.OpenWriter()))
        {
            writer.Write(new Third.Quote { Time = 5, IsFirm = true });
            writer.Complete();
        }

        using var reader = new RecordReader<Third.Quote>(pipe.OpenReader());
        Third.Quote got = Assert.Single(reader.ReadBatch().ToArray());
        Assert.True(got is { Time: 5, Size: 0, IsFirm: true, Kind: '\0' });
        Assert.True(reader.ReadBatch().IsEmpty);
    }

    [Fact]
    public void HeaderOfAnotherVersion_LeavesWhatFollowsInThePipe()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter end = pipe.OpenWriter();
        using var writer = new RecordWriter<Third.Quote>(end, new RecordWriterOptions { LeaveOpen = true });
        writer.Write(new Third.Quote { Time = 1 });
        writer.Flush();
        int before = end.BytesUnread;
        using var reader = new RecordReader<First.Quote>(pipe.OpenReader(), new RecordReaderOptions { LeaveOpen = true });
        _ = reader.ReadHeader();
        Assert.Equal(before - 128, end.BytesUnread);
        Assert.Equal(1, reader.ReadBatch()[0].Time);
    }

    private static byte[] Capture(Action<RecordWriter<Fourth.Quote>> write)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader raw = pipe.OpenReader();
        using (var writer = new RecordWriter<Fourth.Quote>(pipe.OpenWriter(), new() { InPlace = false }))
        {
            write(writer);
        }

        using MemoryStream bytes = new();
        byte[] some = new byte[65_536];
        while (raw.Read(some.AsSpan()) is > 0 and int read)
        {
            bytes.Write(some, 0, read);
        }

        return bytes.ToArray();
    }

    private static void Exchange<TSent, TRead>(int readSize, bool inPlace, Func<int, TSent> make, Func<int, TRead, bool> isRight)
        where TSent : unmanaged, ISpliceable<TSent>
        where TRead : unmanaged, ISpliceable<TRead>
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<TSent>(pipe.OpenWriter(), new RecordWriterOptions { InPlace = inPlace, ChunkSize = 64 * 1024 });
            for (int i = 0; i < Count; i++)
            {
                writer.Write(make(i));
                if (i % 9_973 == 0)
                {
                    writer.Flush();
                }
            }

            writer.Complete();
        });
        using var reader = new RecordReader<TRead>(pipe.OpenReader(), new RecordReaderOptions { ReadSize = readSize });
        int read = 0;
        foreach (ref readonly TRead record in reader)
        {
            Assert.True(isRight(read, record), $"record {read} is wrong");
            read++;
        }

        writing.Join();
        Assert.Equal(Count, read);
    }

    private static RecordStreamException Refusal<TSent, TRead>()
        where TSent : unmanaged, ISpliceable<TSent>
        where TRead : unmanaged, ISpliceable<TRead>
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (var writer = new RecordWriter<TSent>(pipe.OpenWriter()))
        {
            writer.Write(default(TSent));
            writer.Complete();
        }

        using var reader = new RecordReader<TRead>(pipe.OpenReader());
        return Assert.Throws<RecordStreamException>(() => reader.ReadBatch().Length);
    }
}
