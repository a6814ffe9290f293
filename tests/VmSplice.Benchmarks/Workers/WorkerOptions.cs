using System.Globalization;

namespace VmSplice.Benchmarks.Workers;

/// <summary>What a worker is asked to do: <c>name=value</c>, the same names as <c>Native/peer.c</c> has.</summary>
internal sealed class WorkerOptions(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, string> _values = arguments
        .Select(static argument => argument.Split('=', 2))
        .ToDictionary(static pair => pair[0], static pair => pair[1]);

    public string Fifo => Text("fifo", "");

    public string Way => Text("way", "");

    public int Chunk => Number("chunk", 0);

    public int Pipe => Number("pipe", 0);

    /// <summary>Gets whether records may be read in place.</summary>
    public bool InPlace => Number("in-place", 1) != 0;

    public int Record => Number("record", 64);

    /// <summary>The same options but one.</summary>
    public WorkerOptions With(string name, string value)
        => new([.. _values.Where(pair => pair.Key != name).Select(static pair => $"{pair.Key}={pair.Value}"), $"{name}={value}"]);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise)
        => _values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
