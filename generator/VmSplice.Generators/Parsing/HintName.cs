using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Names of generated files must differ in more than case, and types need not; the hash tells them apart. It also
/// lets a long name be cut, where generated files are written to a disk. Angle brackets are not allowed in one.
/// </summary>
internal static class HintName
{
    private const int Longest = 120;

    /// <param name="fullName">The full name of the type.</param>
    public static string Of(string fullName)
    {
        string name = fullName.Length <= Longest ? fullName : fullName.Substring(fullName.Length - Longest);
        return $"{name.Replace('<', '{').Replace('>', '}')}.{Fingerprint.Of(fullName) & 0xFFFFFFFF:x8}.g.cs";
    }
}
