namespace VmSplice.Tests.Texts;

/// <summary>Texts of a fixed length in a record: what is set is got, also at the other end of a pipe, and what does not fit is refused or cut.</summary>
public class FixedTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("VOW3")]
    [InlineData("12345678")]
    [InlineData("Ωmega")]
    public void WhatFits_IsGot(string text)
    {
        Instrument instrument = new() { SymbolText = "old text", NameText = text };
        instrument.SymbolText = text;
        Assert.Equal((text, text), (instrument.SymbolText, instrument.NameText));
    }

    [Fact]
    public void Utf16_IsGot()
    {
        Instrument instrument = new() { VenueText = "XWBO", NoteText = "äöü" };
        Assert.Equal(("XWBO", "äöü"), (instrument.VenueText, instrument.NoteText));
        instrument.VenueText = "X";
        Assert.Equal("X", instrument.VenueText);
    }

    [Fact]
    public void TooLong_RefusedAndNothingChanged()
    {
        Instrument instrument = new() { SymbolText = "VOW3", VenueText = "XWBO" };
        ArgumentException e = Assert.Throws<ArgumentException>(() => instrument.SymbolText = "123456789");
        Assert.StartsWith("'123456789' has 9 bytes, and the field has room for 8 bytes. Shorten it, mark the field", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => instrument.VenueText = "XWBOX");
        Assert.StartsWith("'XWBOX' has 5 characters, and the field has room for 4 characters.", e.Message, StringComparison.Ordinal);
        Assert.Equal(("VOW3", "XWBO"), (instrument.SymbolText, instrument.VenueText));
    }

    [Theory]
    [InlineData("123456789", "12345678")]
    [InlineData("1234567Ω", "1234567")]
    [InlineData("12345👋", "12345")]
    public void Truncating_CutsBehindAWholeCharacter(string text, string expected)
    {
        Instrument instrument = new() { NameText = "xxxxxxxx" };
        instrument.NameText = text;
        Assert.Equal(expected, instrument.NameText);
    }

    [Fact]
    public void TruncatingUtf16_CutsNoSurrogatePair()
    {
        Instrument instrument = new() { NoteText = "abc👋" };
        Assert.Equal("abc", instrument.NoteText);
        instrument.NoteText = "ab👋d";
        Assert.Equal("ab👋", instrument.NoteText);
    }

    [Fact]
    public void ZeroInside_Refused()
    {
        Instrument instrument = default;
        Assert.Throws<ArgumentException>(() => instrument.SymbolText = "a\0b");
        Assert.Throws<ArgumentNullException>(() => instrument.NameText = null!);
    }

    [Fact]
    public void OtherEndOfAPipe_ReadsThem()
    {
        using SplicePipe pipe = SplicePipe.Create(65_536);
        using (var writer = new RecordWriter<Instrument>(pipe.OpenWriter()))
        {
            ref Instrument instrument = ref writer.Next();
            instrument.SymbolText = "VOW3";
            instrument.NoteText = "note";
            writer.Complete();
        }

        using var reader = new RecordReader<Instrument>(pipe.OpenReader());
        Instrument got = reader.ReadBatch()[0];
        Assert.Equal(("VOW3", "", "note"), (got.SymbolText, got.NameText, got.NoteText));
    }
}
