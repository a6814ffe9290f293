// Memory of other owners: copied by Write, or kept while in flight.
using System.Buffers;
using System.Runtime.InteropServices;

namespace Corpus.Pooled;

public static class Copied
{
    public static void FromPool(Stream source, SpliceWriter pipe)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(65536);
        try
        {
            for (int read; (read = source.Read(rented)) > 0;)
            {
                pipe.Write(rented.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static void FromOwner(SpliceWriter pipe, int length)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(length);
        owner.Memory.Span.Fill(1);
        pipe.Write(owner.Memory.Span[..length]);
        owner.Memory.Span.Fill(2);
        pipe.Write(owner.Memory.Span[..length]);
    }

    public static void FromStack(SpliceWriter pipe, int value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryFormat(bytes, out int written);
        pipe.Write(bytes[..written]);
        bytes.Clear();
    }

    public static unsafe void FromNative(SpliceWriter pipe)
    {
        void* memory = NativeMemory.AllocZeroed(4096);
        pipe.Write(new ReadOnlySpan<byte>(memory, 4096));
        NativeMemory.Free(memory);
    }

    public static void FromSequence(SpliceWriter pipe, in ReadOnlySequence<byte> sequence)
    {
        foreach (ReadOnlyMemory<byte> part in sequence)
        {
            pipe.Write(part.Span);
        }
    }

    public static void FromWriter(SpliceWriter pipe, Action<IBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(bytes);
        pipe.Write(bytes.WrittenSpan);
        bytes.ResetWrittenCount();
    }

    public static void IntoPages(SpliceWriter pipe, int[] source)
    {
        PageBuffer<int> pages = pipe.Rent<int>(source.Length);
        source.AsSpan().CopyTo(pages.Span);
        Array.Clear(source);
        pipe.Send(pages);
    }
}

public static unsafe class Kept
{
    private static readonly byte[] s_table = GC.AllocateArray<byte>(8192, pinned: true);

    public static void SendTable(SafeHandle pipe)
    {
        nint sent = RawPipe.VmSplice(pipe, new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(s_table, 0), (nuint)s_table.Length), SpliceFlags.None);
        if (sent != s_table.Length)
        {
            throw new IOException($"{sent} of {s_table.Length} bytes");
        }
    }

    public static void FreeAfterAnswer(SafeHandle pipe, Stream answers, nuint length)
    {
        byte* memory = (byte*)NativeMemory.Alloc(length);
        new Span<byte>(memory, (int)length).Fill(9);
        nuint done = 0;
        while (done < length)
        {
            done += (nuint)RawPipe.VmSplice(pipe, new IoVec(memory + done, length - done), SpliceFlags.None);
        }

        // The other side answers when it has read everything.
        _ = answers.ReadByte();
        NativeMemory.Free(memory);
    }

    public static void PinnedUntilAnswer(SafeHandle pipe, byte[] bytes, Stream answers)
    {
        GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            nint sent = RawPipe.VmSplice(pipe, new IoVec(handle.AddrOfPinnedObject(), (nuint)bytes.Length), SpliceFlags.None);
            if (sent < bytes.Length)
            {
                throw new IOException("short transfer");
            }

            answers.ReadExactly(new byte[1]);
        }
        finally
        {
            handle.Free();
        }
    }

    public static nint WhileFixed(SafeHandle pipe, byte[] bytes, Stream answers)
    {
        fixed (byte* start = bytes)
        {
            nint sent = RawPipe.VmSplice(pipe, [new IoVec(start, (nuint)bytes.Length)]);
            _ = answers.ReadByte();
            return sent;
        }
    }
}
