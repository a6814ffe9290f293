using System.Reflection;

namespace VmSplice.Tests.Contracts;

/// <summary>Every member of the framework's types that we override or implement has a test of its documented contract.</summary>
public class FrameworkContractTests
{
    [Fact]
    public void EveryMember_HasATestThatSaysSo()
    {
        string[] members = [.. FrameworkSurface.Members.Distinct()];
        string[] covered = [.. Covered()];
        Assert.True(members.Length > 50, "reflection finds the members");
        Assert.Equal("",
            string.Join('\n',
                members.Except(covered).Select(member => $"no test covers {member}")
                    .Concat(covered.Except(members).Select(member => $"there is no {member}"))));
    }

    [Fact]
    public void EveryTypeOfTheFramework_IsKnownHere() => Assert.Empty(FrameworkSurface.UnknownTypes);

    [Fact]
    public void EveryCoveringMethod_IsATest()
        => Assert.All(Covering(), method => Assert.NotNull(method.GetCustomAttribute<FactAttribute>()));

    private static IEnumerable<string> Covered() => Covering().SelectMany(method => method.GetCustomAttribute<CoversAttribute>()!.Members);

    private static IEnumerable<MethodInfo> Covering()
        => typeof(FrameworkContractTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<CoversAttribute>() is not null);
}
