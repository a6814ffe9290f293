using System.Globalization;

namespace VmSplice.Tests.Async;

/// <summary>
/// A thousand pipes in one process. <c>VMSPLICE_TEST_MESSAGES=10000000 dotnet test -c Release tests/VmSplice.Tests --filter
/// ManyPipes</c> sends ten million messages, as many as are meant; without the variable it is a tenth.
/// </summary>
[Trait("Category", "Transport")]
public class ManyPipesTests
{
    private const int Pipes = 1_000;

    // The pool's threads, some for each core, the loop, and the runtime's own. A busy machine makes the pool try a few more.
    private static int MostThreads => (Pipes / 20) + (4 * Environment.ProcessorCount);

    private static string Messages => Environment.GetEnvironmentVariable("VMSPLICE_TEST_MESSAGES") is { Length: > 0 } wanted
        ? wanted
        : ThisKernel.Rounds(1_000_000).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public void AThousandPipes_AllCompleteOnFewThreads()
    {
        string output = Child.Run(Child.Helper("many-pipes", Pipes.ToString(CultureInfo.InvariantCulture), Messages));
        string[] figures = output.Split(' ', StringSplitOptions.TrimEntries);
        Assert.Equal(Messages, figures[0]);
        Assert.InRange(int.Parse(figures[1], CultureInfo.InvariantCulture), 1, MostThreads);
    }
}
