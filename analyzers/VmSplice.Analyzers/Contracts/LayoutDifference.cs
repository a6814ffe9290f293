using System.Text.RegularExpressions;

namespace VmSplice.Analyzers.Contracts;

/// <summary>Says the first difference between two layouts in words: the field, and both sides.</summary>
internal static class LayoutDifference
{
    private static readonly Regex s_members = new(" of [0-9a-f]{16}", RegexOptions.CultureInvariant);

    /// <summary>Whether the declared layout is the recorded one with more behind it.</summary>
    public static bool IsAppended(RecordedLayout recorded, RecordedLayout declared)
        => declared.Fields.Length > recorded.Fields.Length && recorded.Fields.SequenceEqual(declared.Fields.Take(recorded.Fields.Length));

    public static string Of(RecordedLayout recorded, RecordedLayout declared)
    {
        int at = recorded.Fields.Zip(declared.Fields, (old, now) => old == now).TakeWhile(same => same).Count();
        string? before = at < recorded.Fields.Length ? recorded.Fields[at] : null;
        string? after = at < declared.Fields.Length ? declared.Fields[at] : null;
        return (before, after) switch
        {
            (null, null) => $"'{recorded.Size}, {recorded.Fingerprint}' was recorded, and it has '{declared.Size}, {declared.Fingerprint}'",
            (null, { } added) => $"{Shown(added)} was added",
            ({ } gone, null) => $"{Shown(gone)} is gone",
            ({ } old, { } now) when NameIn(old) == NameIn(now) => Changed(old, now),
            ({ } old, { } now) when declared.Fields.Any(field => NameIn(field) == NameIn(old)) => $"{Shown(now)} was put before '{NameIn(old)}'",
            ({ } old, { } now) when recorded.Fields.Any(field => NameIn(field) == NameIn(now)) => $"{Shown(old)} is gone",
            ({ } old, { } now) when WhatIn(old) == WhatIn(now) => $"'{NameIn(old)}' is called '{NameIn(now)}' now",
            ({ } old, { } now) => $"{Shown(now)} has taken the place of {Shown(old)}",
        };
    }

    private static string Changed(string old, string now)
        => s_members.Replace(WhatIn(old), "") == s_members.Replace(WhatIn(now), "") && s_members.IsMatch(WhatIn(now))
            ? $"the enum of '{NameIn(old)}' has other members"
            : $"'{NameIn(old)}' was '{WhatIn(old)}' and is '{WhatIn(now)}'";

    private static string Shown(string field) => $"'{NameIn(field)}' ({WhatIn(field)})";

    private static string NameIn(string field) => field.Substring(field.LastIndexOf(' ') + 1);

    private static string WhatIn(string field) => field.Substring(0, field.LastIndexOf(' '));
}
