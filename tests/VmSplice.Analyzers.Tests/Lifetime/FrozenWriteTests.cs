using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2012: writes to pages that Freeze() made read-only.</summary>
public sealed class FrozenWriteTests
{
    [Theory]
    [InlineData("var s = b.Span; using var f = b.Freeze(); [|s[0]|] = 1;")]
    [InlineData("using var f = b.Freeze(); [|b[0]|] = 1;")]
    [InlineData("ref int r = ref b[0]; using var f = b.Freeze(); [|r|] = 1;")]
    [InlineData("int* p = (int*)b.Address; using var f = b.Freeze(); [|p[1]|] = 1;")]
    [InlineData("using var f = b.Freeze(); [|MemoryMarshal.GetReference(f.Span)|] = 1;")]
    [InlineData("using var f = b.Freeze(); [|Unsafe.AsRef(in f.Span[0])|] = 1;")]
    [InlineData("using var f = b.Freeze(); var m = MemoryMarshal.AsMemory(f.Memory); [|m.Span[0]|] = 1;")]
    [InlineData("using var f = b.Freeze(); int* p = (int*)f.Address; [|*p|] = 1;")]
    [InlineData("var m = b.Memory; using var f = b.Freeze(); w.Send(f); [|m.Span.Fill(1)|];")]
    public Task Written_Reported(string statements) => Lifetimes.VerifyStatements("VMS2012", statements);

    [Theory]
    [InlineData("b[0] = 1; using var f = b.Freeze(); w.Send(f);")]
    [InlineData("var s = b.Span; using var f = b.Freeze(); n = s[0];")]
    [InlineData("using var f = b.Freeze(); n = f.Span[0] + f.Length; w.Send(f); w.Send(f);")]
    [InlineData("using var f = b.Freeze(); foreach (int x in f.Span) { n += x; }")]
    [InlineData("using var f = b.Freeze(); var copy = f.Span.ToArray(); copy[0] = 1;")]
    [InlineData("using var f = b.Freeze(); f.Span.CopyTo(d.Span); d[0] = 1;")]
    [InlineData("using var f = b.Freeze(); stream.Write(MemoryMarshal.AsBytes(f.Span));")]
    public Task Read_Silent(string statements) => Lifetimes.VerifyStatements("VMS2012", statements);
}
