using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using VmSplice.Buffers;
using VmSplice.InPlace;
using VmSplice.Kernel;
using VmSplice.Records;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>The numbers of docs/protocol.md are the code's: what the code writes is read back by the tables of the page.</summary>
public partial class ProtocolPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"));

    [Fact]
    public void HeaderOfRecords_LiesAsThePageSays()
    {
        RecordLayout layout = CheckedLayout.Of<Everything>();
        byte[] header = new byte[RecordStreamFormat.HeaderLength];
        RecordStreamFormat.WriteHeader(header, layout, RecordStreamFlags.Recycles | RecordStreamFlags.SharesPages);
        byte[] sketch = new byte[40];
        layout.Sketch.Write(sketch);
        AssertLies(
            "### Header\n",
            header,
            ("magic", Magic("VmSplice")),
            ("version", 1L),
            ("flags", 3L),
            ("frames", 0L),
            ("size", (long)layout.Size),
            ("fingerprint", (long)layout.Fingerprint),
            ("sketch", sketch));
        Assert.Contains("1: the sender uses pages again once they were read; 2: full chunks", ValueOf("### Header\n", "flags"), StringComparison.Ordinal);
        Assert.Equal((1, 2), ((int)RecordStreamFlags.Recycles, (int)RecordStreamFlags.SharesPages));
    }

    [Fact]
    public void EarlierVersions_LieAsThePageSays()
    {
        RecordLayout layout = CheckedLayout.Of<Versions.Third.Quote>();
        byte[] header = new byte[RecordStreamFormat.HeaderLengthOf(layout)];
        RecordStreamFormat.WriteHeader(header, layout, RecordStreamFlags.None);
        Assert.Equal((128, 1), (header.Length, header[11]));
        for (int i = 0; i < 2; i++)
        {
            // The first version's places are the page's; the others stand behind it.
            RecordVersion version = layout.Earlier[i];
            int at = 64 + 8 + (16 * i);
            AssertLies(
                "### Earlier versions\n",
                [.. header[64..72], .. header[at..(at + 16)], .. new byte[40]],
                ("magic", Magic("Vers")), ("fingerprint", (long)version.Fingerprint), ("size", (long)version.Size), ("number", (long)version.Version));
        }

        Assert.All(header[104..], one => Assert.Equal(0, one));
    }

    [Fact]
    public void HeaderOfABlock_LiesAsThePageSays()
    {
        byte[] header = new byte[RecordStreamFormat.BlockHeaderLength];
        RecordStreamFormat.WriteBlockHeader(header, 0x0102_0304u, 0x0506_0708_090A, 0x0B0C_0D0E, 0x0F);
        AssertLies(
            "### Block\n",
            header,
            ("magic", Magic("Blck")), ("records", 0x0102_0304L), ("first", 0x0506_0708_090AL), ("tail length", 0x0B0C_0D0EL), ("tag", 0x0FL));
        Assert.Contains("**Abandoned**: records is 4,294,967,295 (`FFFFFFFF`)", s_page, StringComparison.Ordinal);
        Assert.Equal(0xFFFF_FFFF, RecordStreamFormat.Abandoned);
    }

    [Fact]
    public void Invitation_LiesAsThePageSays()
    {
        byte[] piece = new byte[Invitation.Length];
        new Invitation(0x0102, 0x0304, new FileIdentity(0x0506, 0x0708), 0x090A).Write(piece);
        AssertLies(
            "### Invitation\n",
            piece,
            ("magic", Magic("Invt")), ("process", 0x0102L), ("descriptor", 0x0304L), ("device", 0x0506L), ("inode", 0x0708L), ("key", 0x090AL));
    }

    [Fact]
    public void Reference_LiesAsThePageSays()
    {
        byte[] piece = new byte[BlockReference.Length];
        new BlockReference(0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B).Write(piece);
        AssertLies(
            "### Reference\n",
            piece,
            ("magic", Magic("BRef")),
            ("records", 0x0102L),
            ("first", 0x0304L),
            ("offset", 0x0506L),
            ("sequence", 0x0708L),
            ("tail length", 0x090AL),
            ("tag", 0x0BL));
    }

    [Fact]
    public void Place_LiesAsThePageSays()
    {
        TailPlace place = new(0x0102_0304, 0x05_0607, 0x08);
        AssertLies(
            "## Texts and lists\n",
            MemoryMarshal.AsBytes(new Span<TailPlace>(ref place)).ToArray(),
            ("from end", 0x0102_0304L), ("items", 0x05_0607L), ("tag", 0x08L));
    }

    [Fact]
    public void HeaderOfABuffer_LiesAsThePageSays()
    {
        BufferLayout layout = Picture();
        byte[] header = new byte[BufferHeader.LengthFor(layout)];
        BufferHeader.Write(header, layout, [1, 2, 3], recycles: true);
        byte[] rest = new byte[40];
        (rest[0], rest[4]) = (2, 3);
        layout.Sketch.Write(rest.AsSpan(8));
        AssertLies(
            "### Header of a buffer\n",
            header,
            ("magic", Magic("VmSplBuf")), ("version", 1L), ("flags", 1L), ("varying", 2L), ("fingerprint", 0x0102_0304L), ("rest", rest));
    }

    [Fact]
    public void EndOfBuffers_LiesAsThePageSays()
    {
        byte[] mark = new byte[BufferHeader.Least];
        BufferHeader.WriteEnd(mark);
        AssertLies(
            "### End mark\n",
            mark,
            ("magic", Magic("VmSplEnd")), ("version", 1L));
    }

    [Fact]
    public void Limits_AreTheCodes()
    {
        Dictionary<string, long> limits = Rows("## Limits\n")
            .ToDictionary(row => row[0], row => long.Parse(row[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.Equal(RecordStreamFormat.Abandoned - 1L, limits["records of a block"]);
        Assert.Equal(RecordStreamFormat.MostBlockLength, limits["bytes of a block with texts or lists"]);
        Assert.Equal(TailPlace.MostItems, limits["bytes of a text, items of a list"]);
        Assert.Equal(VmSplice.Interop.Limits.IOV_MAX, limits["segments of a buffer"]);
        int beside = (int)limits["segments that vary beside the sketch"];
        Assert.Equal((64, 128), (BufferHeader.LengthFor(Varying(beside)), BufferHeader.LengthFor(Varying(beside + 1))));
        AssertSays($"more than {RecordStreamFormat.MostBlockLength:N0}, or no multiple of {ChunkTail.BlockAlignment}");
        AssertSays($"Up to {VmSplice.Interop.Limits.PIPE_BUF:N0} bytes in one `write`");
    }

    [Fact]
    public void Faults_AreThoseOfTheLibrary()
        => Assert.Equal(
            Enum.GetNames<StreamFault>().Order(StringComparer.Ordinal),
            Rows("## Conventions\n").Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));

    [Fact]
    public void ExamplesOfAFingerprint_AreRight()
    {
        Assert.Contains($"its fingerprint is `{CheckedLayout.Of<PageTick>().Fingerprint:x16}`", s_page, StringComparison.Ordinal);
        Assert.Contains($"is `{CheckedLayout.Of<PageLogEvent>().Fingerprint:x16}`: the lines", s_page, StringComparison.Ordinal);
    }

    /// <summary>The generator's fingerprint of a record with the page's enum is that of the page's wire type.</summary>
    [Fact]
    public void ExampleOfAnEnum_IsRight()
    {
        string wireType = EnumExample().Match(s_page).Groups["wire"].Value;
        Assert.Equal(Hash($"1\n0 1 {wireType} Level\n"), CheckedLayout.Of<PageEvent>().Fingerprint);
    }

    /// <summary>Each sum of the sizes before a field is its place, as the page says, and its table says each size.</summary>
    [Fact]
    public void Sizes_AreThoseOfTheRuntime()
    {
        int place = 0;
        foreach (RecordField field in CheckedLayout.Of<Everything>().Fields)
        {
            Assert.Equal(place, field.Offset);
            place += field.Size;
        }
    }

    private static void AssertSays(FormattableString text) => Assert.Contains(FormattableString.Invariant(text), s_page, StringComparison.Ordinal);

    private static ulong Hash(string lines)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (byte one in Encoding.UTF8.GetBytes(lines))
        {
            hash = unchecked((hash ^ one) * 0x100_0000_01B3);
        }

        return hash;
    }

    private static byte[] Magic(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>Reads each field where the page's table has it; bytes of none are zero, and no row is left over.</summary>
    private static void AssertLies(string section, byte[] bytes, params (string Name, object Value)[] fields)
    {
        string[][] rows = Rows(section);
        Assert.Equal(fields.Select(field => field.Name), rows.Select(row => row[2]));
        byte[] rest = [.. bytes];
        foreach ((string[] row, (string name, object value)) in rows.Zip(fields))
        {
            int at = int.Parse(row[0], CultureInfo.InvariantCulture);
            int size = SizeOf(row[1]);
            Span<byte> found = bytes.AsSpan(at, size);
            byte[] expected = value as byte[] ?? BitConverter.GetBytes((long)value)[..size];
            Assert.True(found.SequenceEqual(expected), $"{name} at {at}: {Convert.ToHexString(found)} is not {Convert.ToHexString(expected)}");
            rest.AsSpan(at, size).Clear();
            if (name == "magic")
            {
                Assert.Equal($"`{Encoding.ASCII.GetString(expected)}`", row[3]);
            }
            else if (name == "version")
            {
                Assert.Equal(value.ToString(), row[3]);
            }
        }

        Assert.True(!rest.AsSpan().ContainsAnyExcept((byte)0), $"{section.Trim()} does not name all bytes: {Convert.ToHexString(rest)}");
    }

    private static int SizeOf(string type) => type switch
    {
        "u8" => 1,
        "u16" => 2,
        "24 bits" => 3,
        "u32" or "i32" => 4,
        "u64" or "i64" => 8,
        _ => int.Parse(type.Split(' ')[0], CultureInfo.InvariantCulture),
    };

    private static string ValueOf(string section, string name) => Rows(section).Single(row => row[2] == name)[3];

    /// <summary>The rows of the first table behind a heading.</summary>
    private static string[][] Rows(string heading)
    {
        int start = s_page.IndexOf("\n" + heading, StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        return
        [
            .. s_page[(start + heading.Length)..].Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];
    }

    private static BufferLayout Picture()
        => new(
            "Any",
            0x0102_0304,
            new BufferSegment("A", "int", 4, 1),
            new BufferSegment("B", "int", 4, 9, true),
            new BufferSegment("C", "byte", 1, 9, true));

    private static BufferLayout Varying(int segments)
        => new("Any", 1, [.. Enumerable.Range(0, segments).Select(i => new BufferSegment($"Part{i}", "int", 4, 4, true))]);

    [GeneratedRegex("is\n`(?<wire>byte of [0-9a-f]{16})`")]
    private static partial Regex EnumExample();
}
