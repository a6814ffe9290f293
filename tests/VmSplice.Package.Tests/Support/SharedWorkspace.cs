namespace VmSplice.Package.Tests.Support;

/// <summary>All tests share one workspace, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWorkspace : ICollectionFixture<Workspace>
{
    public const string Name = "Package";
}
