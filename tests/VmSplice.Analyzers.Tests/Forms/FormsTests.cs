using Xunit;

namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>What is tested of each form in a table: its wrong version is reported as it is marked, its right version is not.</summary>
/// <typeparam name="TForms">The test class, which has the table.</typeparam>
public abstract class FormsTests<TForms>
    where TForms : IForms
{
#pragma warning disable CA1000 // xUnit looks for the data in the class that has the theory.
    public static TheoryData<string> Names => [.. TForms.Forms.Select(form => form.Name)];
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Names))]
    public Task WrongVersion_IsReported(string form) => VerifyAsync(form, wrong: true);

    [Theory]
    [MemberData(nameof(Names))]
    public Task RightVersion_IsSilent(string form) => VerifyAsync(form, wrong: false);

    private static Task VerifyAsync(string name, bool wrong)
        => TForms.Forms.Single(form => form.Name == name).VerifyAsync(wrong, TForms.ReferenceRuntime);
}
