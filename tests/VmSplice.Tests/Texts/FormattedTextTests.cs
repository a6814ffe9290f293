using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.Texts;

/// <summary>Interpolated strings as texts: what string.Create with the invariant culture makes of them, without a string.</summary>
public sealed class FormattedTextTests : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create(1024 * 1024);
    private readonly RecordWriter<LogEvent> _writer;
    private readonly RecordReader<LogEvent> _reader;

    public FormattedTextTests()
    {
        _writer = new RecordWriter<LogEvent>(_pipe.OpenWriter());
        _reader = new RecordReader<LogEvent>(_pipe.OpenReader());
    }

    private static string Long { get; } = new('x', 5_000);

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Fact]
    public void EveryKindOfHole_AsStringCreateSaysIt()
    {
        int number = -1_234;
        double ratio = 2.5;
        string? nothing = null;
        object any = Level.Warning;
        string wide = "漢字";
        DateTime day = new(2026, 11, 29, 1, 2, 3, DateTimeKind.Utc);
        ref LogEvent e = ref _writer.Next();
        e.Message = _writer.AddText(
            $"{number} {number:N1} {ratio,8} {ratio,-8:F3}| {nothing}{any} {wide,6} {wide.AsSpan(1)} {"utf8"u8} "
                + $"{day:O} {Level.Error} {Guid.Empty} {true} {'c'} {Long}");
        string expected = string.Create(
            CultureInfo.InvariantCulture,
            $"{number} {number:N1} {ratio,8} {ratio,-8:F3}| {nothing}{any} {wide,6} {wide.AsSpan(1)} utf8 "
                + $"{day:O} {Level.Error} {Guid.Empty} {true} {'c'} {Long}");
        _writer.Flush();
        Assert.Equal(expected, _reader.GetString(_reader.ReadBatch()[0].Message));
    }

    [Fact]
    public void HoleThatAddsATextOfItsOwn_BothRight()
    {
        _writer.Next().Message = _writer.AddText($"a {AddAnother()} b");
        _writer.Flush();
        Assert.Equal("a 11 b", _reader.GetString(_reader.ReadBatch()[0].Message));
    }

    [Fact]
    public void ManyTexts_AllocateNothing()
    {
        // Code that is not optimized yet boxes each number.
        long allocated = long.MaxValue;
        Stopwatch most = Stopwatch.StartNew();
        while (allocated != 0 && most.Elapsed < TimeSpan.FromSeconds(30))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2_000; i++)
            {
                Write(i);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);

        void Write(int i)
        {
            ref LogEvent e = ref _writer.Next();
            e.Message = _writer.AddText($"user {i} logged in from {i * 3:X8} after {i / 7.0:F2} s");
            e.Samples = _writer.AddList([new Sample { Number = i }]);
            if (i % 100 == 0)
            {
                _writer.Flush();
                while (_reader.RecordsRead < _writer.RecordsWritten)
                {
                    _ = _reader.GetText(_reader.ReadBatch()[0].Message);
                }
            }
        }
    }

    private int AddAnother() => _writer.AddText($"inner {1}").Length + 4;
}
