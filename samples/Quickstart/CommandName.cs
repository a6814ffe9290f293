using System.Runtime.CompilerServices;

namespace Quickstart;

/// <summary>A command's name in UTF-8: at most 15 bytes (TASK_COMM_LEN), the rest zero.</summary>
[InlineArray(16)]
internal struct CommandName
{
    private byte _first;
}
