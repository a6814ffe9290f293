// The runtime's raw call: gathered segments, chunks, alignment, gifts.
using System.Runtime.InteropServices;

namespace Corpus.RawGather;

public sealed unsafe class Gatherer(SafeHandle pipe)
{
    private readonly List<IoVec> _pending = [];
    private long _bytes;

    public void Add(void* start, int length) => _pending.Add(new IoVec(start, (nuint)length));

    public long Flush()
    {
        Span<IoVec> all = CollectionsMarshal.AsSpan(_pending);
        long sent = 0;
        while (!all.IsEmpty)
        {
            Span<IoVec> now = all[..Math.Min(all.Length, RawPipe.IovMax)];
            nint accepted = RawPipe.VmSplice(pipe, now);
            sent += accepted;
            int done = 0;
            while (done < now.Length && (nuint)accepted >= now[done].Length)
            {
                accepted -= (nint)now[done].Length;
                done++;
            }

            if (done < now.Length)
            {
                now[done] = new IoVec(now[done].Address + accepted, now[done].Length - (nuint)accepted);
            }

            all = all[done..];
        }

        _pending.Clear();
        _bytes += sent;
        return sent;
    }

    public void HeaderAndBody(PageBuffer<byte> header, PageBuffer<byte> body)
    {
        nuint expected = (nuint)(header.Length + body.Length);
        nint sent = RawPipe.VmSplice(pipe, [new IoVec(header.Address, (nuint)header.Length), new IoVec(body.Address, (nuint)body.Length)]);
        if ((nuint)sent != expected)
        {
            throw new IOException($"{sent} of {expected}");
        }
    }

    public bool TryNow(void* start, nuint length)
    {
        nint sent = RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.NonBlocking);
        _bytes += sent;
        return (nuint)sent == length;
    }

    public nint GiftAligned(byte* memory, nuint length)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint start = ((nuint)memory + page - 1) & ~(page - 1);
        nuint end = ((nuint)memory + length) & ~(page - 1);
        return end > start ? RawPipe.VmSplice(pipe, new IoVec((void*)start, end - start), SpliceFlags.Gift) : 0;
    }

    public nint GiftPages(int pages)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        void* memory = NativeMemory.AlignedAlloc((nuint)pages * page, page);
        NativeMemory.Clear(memory, (nuint)pages * page);
        return RawPipe.VmSplice(pipe, new IoVec(memory, (nuint)pages * page), SpliceFlags.Gift);
    }

    public nint FourParts(byte* memory, nuint part)
    {
        Span<IoVec> parts = stackalloc IoVec[4];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new IoVec(memory + ((nuint)i * part), part);
        }

        nint sent = RawPipe.VmSplice(pipe, parts);
        return sent;
    }

    public static SpliceFlags Choose(bool wait, bool gift)
        => (wait ? SpliceFlags.None : SpliceFlags.NonBlocking) | (gift ? SpliceFlags.Gift : SpliceFlags.None);

    public void GiftBuffers(SpliceWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            PageBuffer<long> whole = writer.Rent<long>(Environment.SystemPageSize);
            whole.Span.Fill(i);
            writer.Gift(whole);
        }
    }

    public void GiftIfWhole(SpliceWriter writer, PageBuffer<byte> buffer)
    {
        if (buffer.Length % Environment.SystemPageSize == 0)
        {
            writer.Gift(buffer);
        }
        else
        {
            writer.Send(buffer);
        }
    }
}
