namespace VmSplice.Tests.Descriptors;

/// <summary>How many bytes a list of constants is, when it is written.</summary>
public sealed class WrittenListTests
{
    [Fact]
    public void ListOfSmallConstants_Bytes() => Assert.Equal([1, 2], Written(static writer => writer.Write([1, 2])));

    [Fact]
    public void ListOfOneAndItsSpread_Bytes()
    {
        byte[] rest = [2, 3];
        Assert.Equal([1, 2, 3], Written(writer => writer.Write([1, .. rest])));
    }

    [Fact]
    public void EmptyList_Nothing() => Assert.Empty(Written(static writer => writer.Write([])));

    [Fact]
    public void ArrayOfIntegers_FourBytesEach() => Assert.Equal([1, 0, 0, 0], Written(static writer => writer.Write<int>(new int[] { 1 })));

    [Fact]
    public void ListWhoseTypeIsNamed_ThatType() => Assert.Equal([1, 0, 2, 0], Written(static writer => writer.Write<short>([1, 2])));

    private static byte[] Written(Action<SpliceWriter> write)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            write(writer);
        }

        using SpliceReader reader = pipe.OpenReader();
        using var bytes = new MemoryStream();
        reader.AsStream().CopyTo(bytes);
        return bytes.ToArray();
    }
}
