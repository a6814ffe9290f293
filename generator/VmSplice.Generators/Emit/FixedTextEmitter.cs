using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes a property for each field that holds a text.</summary>
internal static class FixedTextEmitter
{
    public static void Write(CodeWriter code, RecordModel record)
    {
        foreach (FixedTextField text in record.Texts)
        {
            Write(code, text);
        }
    }

    private static void Write(CodeWriter code, FixedTextField text)
    {
        string form = text.IsUtf16 ? "Utf16" : "Utf8";
        string place = FormattableString.Invariant($"{text.Offset}, {text.Length}");
        string most = text.IsUtf16 ? Counted.Of(text.Length / 2, "character") : $"{Counted.Bytes(text.Length)} of UTF-8";
        string getter = $"{code.Runtime}.CompilerServices.FixedText.Get{form}(in this, {place})";
        string property = $"{text.Access} string {text.Field}{FixedTextField.Suffix}";
        code.Line();
        if (text.IsReadOnly)
        {
            code.Line($"/// <summary>Gets the text in {text.Field}: at most {most}, up to the first zero.</summary>");
            code.Line(GeneratedFile.Mark);
            code.Line($"{text.Access} readonly string {text.Field}{FixedTextField.Suffix} => {getter};");
            return;
        }

        string refusal = text.Truncates ? "What does not fit is cut behind its last whole character." : "What does not fit is refused.";
        code.Line($"/// <summary>Gets or sets the text in {text.Field}: at most {most}, up to the first zero. {refusal}</summary>");
        code.Line($"/// <exception cref=\"global::System.ArgumentException\">{(text.Truncates ? "A" : "It does not fit, or a")} zero is in it.</exception>");
        code.Line(GeneratedFile.Mark);
        code.Open(property);
        code.Line($"readonly get => {getter};");
        code.Line($"set => {code.Runtime}.CompilerServices.FixedText.Set{form}(ref this, {place}, value, truncates: {(text.Truncates ? "true" : "false")});");
        code.Close();
    }
}
