using System.Globalization;
using Xunit.Abstractions;

namespace VmSplice.Tests.InPlace;

/// <summary>How long it took to hear of each kill.</summary>
internal sealed class KillDelays
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(100);

    private readonly List<TimeSpan> _delays = [];

    internal void Add(TimeSpan delay) => _delays.Add(delay);

    /// <summary>Prompt, all but a few on a machine with other work. Says how long it was, for whoever runs many.</summary>
    internal void AssertPrompt(ITestOutputHelper output)
    {
        _delays.Sort();
        string said = string.Create(
            CultureInfo.InvariantCulture,
            $"{_delays.Count} kills: heard of after {At(0.5)} ms in the median, {At(0.99)} ms at 99 %, {At(1)} ms at most; {_delays.Count(Late)} later than "
                + $"{Prompt.TotalMilliseconds} ms");
        output.WriteLine(said);
        Assert.True(_delays.Count(Late) <= 1 + (_delays.Count / 100), said);
    }

    private static bool Late(TimeSpan delay) => delay > Prompt;

    private double At(double share) => Math.Round(_delays[(int)(share * (_delays.Count - 1))].TotalMilliseconds, 2);
}
