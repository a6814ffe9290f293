// cat, tee, head, yes and a hex dump, over pages.
using System.Globalization;
using System.Text;

namespace Corpus.Tools;

public static class Cat
{
    public static int Run(string[] args)
    {
        using SpliceWriter output = SpliceWriter.OpenStandardOutput();
        try
        {
            foreach (string path in args is [] ? ["/dev/stdin"] : args)
            {
                using FileStream file = File.OpenRead(path);
                Copy(file, output);
            }

            return 0;
        }
        catch (BrokenPipeException)
        {
            return 0;
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static void Copy(Stream from, SpliceWriter to)
    {
        while (true)
        {
            using PageBuffer<byte> buffer = to.Rent<byte>(256 * 1024);
            int read = from.Read(buffer.Span);
            if (read == 0)
            {
                return;
            }

            to.Send(buffer, read);
        }
    }
}

public static class Head
{
    public static void Run(SpliceReader input, SpliceWriter output, long bytes)
    {
        while (bytes > 0)
        {
            PageBuffer<byte> buffer = output.Rent<byte>((int)Math.Min(bytes, 65536));
            int read = input.Read(buffer);
            if (read == 0)
            {
                buffer.Dispose();
                break;
            }

            output.Send(buffer, read);
            bytes -= read;
        }
    }
}

public static class Yes
{
    public static void Run(string word)
    {
        byte[] line = Encoding.UTF8.GetBytes(word + "\n");
        using SpliceWriter output = SpliceWriter.OpenStandardOutput();
        using PageBuffer<byte> block = output.Rent<byte>(64 * 1024 / line.Length * line.Length);
        for (int at = 0; at < block.Length; at += line.Length)
        {
            line.CopyTo(block.Span[at..]);
        }

        using FrozenPages<byte> frozen = block.Freeze();
        try
        {
            while (true)
            {
                output.Send(frozen);
            }
        }
        catch (BrokenPipeException)
        {
            // Whoever read has enough.
        }
    }
}

public static class Hex
{
    public static void Dump(SpliceReader input, TextWriter to)
    {
        using PageBuffer<byte> page = PageBuffer<byte>.Allocate(4096);
        long offset = 0;
        for (int read = input.Read(page); read > 0; read = input.Read(page))
        {
            for (int row = 0; row < read; row += 16)
            {
                to.Write((offset + row).ToString("x8", CultureInfo.InvariantCulture));
                foreach (byte one in page.Span[row..Math.Min(read, row + 16)])
                {
                    to.Write(' ');
                    to.Write(one.ToString("x2", CultureInfo.InvariantCulture));
                }

                to.WriteLine();
            }

            offset += read;
        }
    }
}

public static class TeeTool
{
    public static void Run(Stream from, params SpliceWriter[] to)
    {
        byte[] bytes = new byte[65536];
        for (int read; (read = from.Read(bytes)) > 0;)
        {
            foreach (SpliceWriter one in to)
            {
                one.Write(bytes.AsSpan(0, read));
            }
        }
    }

    public static void RunFrozen(Stream from, IReadOnlyCollection<SpliceWriter> to)
    {
        for (; ; )
        {
            PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(1 << 20);
            int read = from.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false);
            buffer.Span[read..].Clear();
            using FrozenPages<byte> pages = buffer.Freeze();
            foreach (SpliceWriter one in to)
            {
                one.Send(pages);
            }

            if (read < pages.Length)
            {
                break;
            }
        }
    }
}

public static class Arguments
{
    public static void Send(SpliceWriter output, string[] args)
    {
        PageBuffer<byte>? pending = null;
        int used = 0;
        foreach (string arg in args)
        {
            int needed = Encoding.UTF8.GetByteCount(arg) + 1;
            if (pending is not null && pending.Value.Length - used < needed)
            {
                output.Send(pending.Value, used);
                pending = null;
                used = 0;
            }

            PageBuffer<byte> room = pending ??= output.Rent<byte>(Math.Max(needed, 4000));
            used += Encoding.UTF8.GetBytes(arg, room.Span[used..]);
            room[used++] = 0;
        }

        if (pending.HasValue)
        {
            output.Send(pending.Value, used);
        }
    }
}
