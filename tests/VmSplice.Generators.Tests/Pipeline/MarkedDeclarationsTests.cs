using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Pipeline;

/// <summary>The ways in which the attribute's name can be written. Each result is also compared with the compiler's own search.</summary>
public sealed class MarkedDeclarationsTests
{
    private const string Tick = "public partial struct Tick { public int Id; }";

    [Theory]
    [InlineData($"[VmSplice.Spliceable] {Tick}")]
    [InlineData($"[VmSplice.SpliceableAttribute] {Tick}")]
    [InlineData($"[global::VmSplice.Spliceable()] {Tick}")]
    [InlineData($"using VmSplice; [@SpliceableAttribute] {Tick}")]
    [InlineData($@"using VmSplice; [Spl\u0069ceable] {Tick}")]
    [InlineData($"using VmSplice; [System.Serializable, Spliceable] {Tick}")]
    [InlineData($"using VmSplice; [type: Spliceable] {Tick}")]
    [InlineData($"using V = VmSplice; [V::Spliceable] {Tick}")]
    [InlineData($"using Sent = VmSplice.SpliceableAttribute; [Sent] {Tick}")]
    [InlineData($"using SentAttribute = VmSplice.SpliceableAttribute; [Sent] {Tick}")]
    [InlineData($"global using Sent = VmSplice.SpliceableAttribute; [Sent] {Tick}")]
    [InlineData($"global using Inner = VmSplice.SpliceableAttribute; namespace Demo {{ using Sent = Inner; [Sent] {Tick} }}")]
    [InlineData($"namespace Demo {{ using Sent = VmSplice.SpliceableAttribute; [Sent] {Tick} }}")]
    [InlineData($"namespace A {{ namespace B.C {{ public partial class Outer {{ [VmSplice.Spliceable] {Tick} }} }} }}")]
    [InlineData($"#if DEBUG\n[System.Obsolete]\n#else\n[VmSplice.Spliceable]\n#endif\n{Tick}")]
    public void AnyNameOfTheAttribute_Found(string source) => Assert.Contains("partial struct Tick", Generated.From(source).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData($"using Spliceable = System.SerializableAttribute; [Spliceable] {Tick}")]
    [InlineData($"[Own.Spliceable] {Tick} namespace Own {{ public sealed class SpliceableAttribute : System.Attribute; }}")]
    [InlineData($"[Spliceable] {Tick} public sealed class SpliceableAttribute : System.Attribute;")]
    [InlineData($"using Sent = System.SerializableAttribute; [Sent] {Tick}")]
    [InlineData($"using VmSplice; [@Spliceable] {Tick}")]
    [InlineData($"[Unknown.Spliceable] {Tick}")]
    [InlineData($"[Spliceable] {Tick}")]
    public void AnotherAttribute_NothingGenerated(string source) => Assert.Empty(Generated.From(source).Files);
}
