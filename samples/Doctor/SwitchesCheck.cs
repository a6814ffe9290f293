namespace Doctor;

/// <summary>The library's own environment variables.</summary>
internal static class SwitchesCheck
{
    private const string Sharing = "VMSPLICE_SHARING";
    private const string Guard = "VMSPLICE_GUARD";

    public static bool SharingIsOff => string.Equals(Environment.GetEnvironmentVariable(Sharing), "off", StringComparison.OrdinalIgnoreCase);

    public static Finding Run()
    {
        string found = $"{Say(Sharing)}, {Say(Guard)}";
        return Environment.GetEnvironmentVariable(Guard) == "1"
            ? new("switches", Verdict.Slower, found, $"unset {Guard} when done with debugging: each send changes the protection of its pages")
            : new("switches", Verdict.Good, found);
    }

    private static string Say(string variable) => $"{variable} {(Environment.GetEnvironmentVariable(variable) is { } value ? $"= {value}" : "not set")}";
}
