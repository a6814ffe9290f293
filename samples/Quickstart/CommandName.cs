using System.Runtime.CompilerServices;
using System.Text;

namespace Quickstart;

/// <summary>A command's name in UTF-8: at most 15 bytes (TASK_COMM_LEN), the rest zero.</summary>
[InlineArray(16)]
internal struct CommandName
{
    private byte _first;

    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
