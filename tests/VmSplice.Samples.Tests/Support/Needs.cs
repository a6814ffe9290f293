using Relay;
using Relay.Demo;

namespace VmSplice.Samples.Tests.Support;

/// <summary>What a test cannot do without. It skips, and says why, where that is not there.</summary>
internal static class Needs
{
    internal static void Server(Engine engine) => Skip.IfNot(LocalServer.PathOf(engine) is not null, $"the server of {engine} is not installed");

    internal static void Program(string name)
        => Skip.IfNot(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, name))),
            $"{name} is not installed");
}
