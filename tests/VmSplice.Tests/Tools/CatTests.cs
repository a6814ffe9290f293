using System.Security.Cryptography;

namespace VmSplice.Tests.Tools;

/// <summary>samples/Cat gives the programs behind it exactly what cat(1) would, in every way that bytes come in and go out.</summary>
public class CatTests
{
    private const int MiB = 1024 * 1024;

    private static readonly int[] Lengths =
        [0, 1, Environment.SystemPageSize - 1, Environment.SystemPageSize, Environment.SystemPageSize + 1, 64 * 1024, 20 * MiB + 1];

    public static TheoryData<int> Sizes => [.. Lengths];

    [Theory]
    [Trait("Category", "Transport")]
    [MemberData(nameof(Sizes))]
    public void File_ToSha256sum_HashIsThatOfTheFile(int bytes)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        AssertHash(bytes, Tool.Cat($"'{file.Path}' | sha256sum"));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void File_ByStandardInput_HashIsThatOfTheFile(int bytes)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        AssertHash(bytes, Tool.Cat($"< '{file.Path}' | sha256sum"));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Pipe_ByStandardInput_HashIsThatOfTheFile(int bytes)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        AssertHash(bytes, $"cat '{file.Path}' | {Tool.Cat("| sha256sum")}");
    }

    [Fact]
    public void PipeWhoseSenderReusesItsPages_ByStandardInput_SlowReaderGetsWhatWasSent()
    {
        const int Bytes = 6_000_101;
        AssertHash(Bytes, $"{Child.HelperCommand($"write-stdout {Bytes} {PipeReaderKind.Copying} 65536")} | {Tool.Cat("")} | (sleep 1; sha256sum)");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Pipe_ByStandardInput_AppendedToAFile_FileIsTheSame(int bytes)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        using TemporaryFile copy = new();
        AssertHash(bytes, $"cat '{file.Path}' | {Tool.Cat($">> '{copy.Path}'")} && sha256sum < '{copy.Path}'");
    }

    [Fact]
    public void Pipe_ReaderThatLeaves_EndsItQuietlyAsSigpipeWould()
        => Assert.Equal("10\n141\n", Child.Run(Child.Shell($"exec 3>&1; {{ {{ yes | {Tool.Cat("2>&1")}; echo $? >&4; }} | head -c 10 | wc -c >&3; }} 4>&1")));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ToAFile_FileIsTheSame(int bytes)
    {
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        using TemporaryFile copy = new();
        AssertHash(bytes, Tool.Cat($"'{file.Path}' > '{copy.Path}' && sha256sum < '{copy.Path}'"));
    }

    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public void File_ToZstd_UnpacksToTheFile(int bytes)
    {
        Tool.Needs("zstd");
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        AssertHash(bytes, Tool.Cat($"'{file.Path}' | zstd -q -1 | zstd -q -d | sha256sum"));
    }

    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public void File_ToPvThatSplicesOnward_HashIsThatOfTheFile(int bytes)
    {
        Tool.Needs("pv");
        using TemporaryFile file = TemporaryFile.OfPattern(bytes);
        AssertHash(bytes, Tool.Cat($"'{file.Path}' | pv -q | sha256sum"));
    }

    [Fact]
    public void SlowReader_FileOverwrittenMeanwhile_GetsWhatWasRead()
    {
        const int Bytes = 700_000;
        using TemporaryFile file = TemporaryFile.OfPattern(Bytes);
        AssertHash(Bytes, $"({Tool.Cat($"'{file.Path}'")}; head -c {Bytes} /dev/zero | dd of='{file.Path}' conv=notrunc status=none) | (sleep 1; sha256sum)");
    }

    [Fact]
    public void SeveralFilesAndStandardInput_ComeInTheirOrder()
    {
        using TemporaryFile first = TemporaryFile.OfPattern(100_001);
        using TemporaryFile second = TemporaryFile.OfPattern(5);
        string arguments = $"'{second.Path}' - '{first.Path}'";
        Assert.Equal(Child.Run(Child.Shell($"echo between | cat {arguments} | sha256sum")),
            Child.Run(Child.Shell("echo between | " + Tool.Cat($"{arguments} | sha256sum"))));
    }

    [Fact]
    public void StandardInputThatWasReadBefore_GoesOnFromThere()
    {
        using TemporaryFile file = TemporaryFile.OfPattern(200_000);
        Assert.Equal("100000", Child.Run(Child.Shell($"(dd bs=100000 count=1 status=none > /dev/null; {Tool.Cat("")}) < '{file.Path}' | wc -c")).Trim());
    }

    [Fact]
    public void MissingFile_IsNamedAndTheNextOneComes()
    {
        using TemporaryFile file = TemporaryFile.OfPattern(3);
        string output = Child.Run(Child.Shell(Tool.Cat($"/no/such/file '{file.Path}' 2>&1 >/dev/null")), expectedExitCode: 1);
        Assert.Equal("vmcat: /no/such/file: No such file or directory\n", output);
        Assert.Equal("3", Child.Run(Child.Shell(Tool.Cat($"/no/such/file '{file.Path}' 2>/dev/null | wc -c"))).Trim());
    }

    [Fact]
    public void Directory_IsRefused()
        => Assert.Equal("vmcat: /: Is a directory\n", Child.Run(Child.Shell(Tool.Cat("/ 2>&1")), expectedExitCode: 1));

    [Fact]
    public void FullDevice_IsAWriteError()
        => Assert.Equal("vmcat: write error: No space left on device\n",
            Child.Run(Child.Shell(Tool.Cat("--generate 1M 2>&1 >/dev/full")), expectedExitCode: 1));

    [Fact]
    public void ReaderThatLeaves_EndsItQuietlyAsSigpipeWould()
        => Assert.Equal("10\n141\n",
            Child.Run(Child.Shell($"exec 3>&1; {{ {{ {Tool.Cat("--generate 1T 2>&1")}; echo $? >&4; }} | head -c 10 | wc -c >&3; }} 4>&1")));

    [Theory]
    [InlineData("zeros", "head -c {0} /dev/zero")]
    [InlineData("text", "yes | head -c {0}")]
    public void Generated_IsWhatItsModelWrites(string pattern, string model)
    {
        foreach (int bytes in Lengths)
        {
            string expected = Child.Run(Child.Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, model, bytes) + " | sha256sum"));
            Assert.Equal(expected, Child.Run(Child.Shell(Tool.Cat($"--generate {bytes} --pattern {pattern} | sha256sum"))));
        }
    }

    [SkippableFact]
    public void Noise_IsTheSameEachTimeAndDoesNotShrink()
    {
        Tool.Needs("zstd");
        Tool.Needs("pv");
        string noise = Tool.Cat("--generate 1M --pattern noise");
        Assert.Equal(Child.Run(Child.Shell($"{noise} | sha256sum")), Child.Run(Child.Shell($"{noise} | pv -q | sha256sum")));
        Assert.InRange(int.Parse(Child.Run(Child.Shell($"{noise} | zstd -q -19 | wc -c")), System.Globalization.CultureInfo.InvariantCulture), MiB, 2 * MiB);
    }

    [Theory]
    [InlineData("--generate 12X")]
    [InlineData("--generate -5")]
    [InlineData("--generate 9999999T")]
    [InlineData("--generate 5 file")]
    [InlineData("--pattern text file")]
    public void WrongUse_IsRefused(string arguments) => Child.Run(Child.Shell(Tool.Cat(arguments + " 2>/dev/null")), expectedExitCode: 1);

    private static void AssertHash(int bytes, string command)
        => Assert.StartsWith(Convert.ToHexStringLower(SHA256.HashData(StreamPattern.Take(0, bytes))), Child.Run(Child.Shell(command)),
            StringComparison.Ordinal);
}
