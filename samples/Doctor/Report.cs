using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

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
            InPlaceCheck.Run(),
            HugePagesCheck.Run(),
            PipeSizeCheck.Run(),
            MemoryCheck.Run(),
            DescriptorsCheck.Run(),
            SandboxCheck.Run(),
            SwitchesCheck.Run(),
        ];
        return new Report(findings.Max(static f => f.Verdict), findings);
    }

    public string ToJson()
    {
        using var json = new MemoryStream();

        // For terminals and scripts, not for web pages: quotes as they are.
        using (var writer = new Utf8JsonWriter(json, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, this, ReportJson.Default.Report);
        }

        return Encoding.UTF8.GetString(json.ToArray()) + "\n";
    }

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
