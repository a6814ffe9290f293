using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Doctor;

/// <summary>Everything that was found.</summary>
internal sealed record Report(Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    private const int TopicWidth = 14;

    public static Report OfThisMachine()
    {
        Finding[] findings =
        [
            PageSharingCheck.Run(),
            HugePagesCheck.Run(),
            PipeSizeCheck.Run(),
            MemoryCheck.Run(),
            DescriptorsCheck.Run(),
            SandboxCheck.Run(),
            SwitchesCheck.Run(),
        ];
        return new Report(findings.Max(static f => f.Verdict), findings);
    }

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.Report) + "\n";

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (Finding finding in Findings)
        {
            text.Append(Mark(finding.Verdict)).Append(' ').Append(finding.Topic.PadRight(TopicWidth)).Append(finding.Found).Append('\n');
            if (finding.Change is not null)
            {
                text.Append("         ").Append(' ', TopicWidth).Append("→ ").Append(finding.Change).Append('\n');
            }
        }

        return text.Append('\n').Append(Conclusion).Append('\n').ToString();
    }

    private string Conclusion => Verdict switch
    {
        Verdict.Good => "This machine gives all there is.",
        Verdict.Slower => "Right, but slower than it could be: see the arrows.",
        _ => "Right, but no pages are shared: everything is sent with write(2).",
    };

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "  good  ",
        Verdict.Slower => "  slower",
        _ => "  copies",
    };
}

/// <summary>How a report is written as JSON; generated, so that the program can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Gets the same, with signs such as → as they are: the output is for terminals, not for web pages.</summary>
    public static ReportJson Readable { get; } = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
