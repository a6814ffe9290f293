using System.Text;

namespace VmSplice.Generators.Emit;

/// <summary>Text in lines, indented by the blocks that are open.</summary>
/// <param name="runtime">By which name the file reaches the runtime's assembly.</param>
internal sealed class CodeWriter(string runtime)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Gets the runtime's namespace with all its names.</summary>
    public string Runtime { get; } = runtime + "::VmSplice";

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
    }

    /// <summary>Writes a head and an opening brace; <see cref="Close"/> closes it.</summary>
    public void Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public void Indent() => _depth++;

    public void Outdent() => _depth--;

    public override string ToString() => _text.ToString();
}
