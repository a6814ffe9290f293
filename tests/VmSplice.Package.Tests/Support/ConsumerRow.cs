namespace VmSplice.Package.Tests.Support;

/// <summary>A user's project that differs from an ordinary one in a line or two, and what its build says.</summary>
/// <param name="Name">Of the project.</param>
/// <param name="Messages">How each error and warning begins, in any order; none where the build says nothing.</param>
internal sealed record ConsumerRow(string Name, params string[] Messages)
{
    /// <summary>The package, unless the row has something else.</summary>
    public string Items { get; init; } = Reference("");

    /// <summary>Beside those that every row has.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Written behind everything, where <c>Directory.Build.targets</c> would be.</summary>
    public string Last { get; init; } = "";

    /// <summary>The project's own <c>Directory.Packages.props</c>, where the row is about central versions.</summary>
    public string CentralPackages { get; init; } = "";

    public string Extension { get; init; } = "cs";

    public string Source { get; init; } = "";

    /// <summary>What is in its <c>VmSplice.Layouts.txt</c>; none where empty.</summary>
    public string Layouts { get; init; } = "";

    public static string Reference(string attributes) => $"""<PackageReference Include="VmSplice.Generators" Version="$(VmSpliceVersion)" {attributes} />""";

    public void WriteTo(string folder)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, Name)).FullName;
        string compiled = Extension == "fs" ? """<Compile Include="Source.fs" />""" : "";
        File.WriteAllText(Path.Combine(project, $"{Name}.{Extension}proj"), $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>{Properties}</PropertyGroup>
              <ItemGroup>{compiled}{Items}</ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              {Last}
            </Project>
            """);
        if (CentralPackages.Length > 0)
        {
            File.WriteAllText(Path.Combine(project, "Directory.Packages.props"), $"""
                <Project>
                  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                  <ItemGroup>{CentralPackages}</ItemGroup>
                </Project>
                """);
        }

        if (Layouts.Length > 0)
        {
            File.WriteAllText(Path.Combine(project, "VmSplice.Layouts.txt"), Layouts);
        }

        File.WriteAllText(Path.Combine(project, $"Source.{Extension}"), Source);
    }
}
