using System.Text;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Names of generated files must differ in more than case, and types need not; the hash tells them apart. It also
/// lets a long name be cut, where generated files are written to a disk. Angle brackets are not allowed in one.
/// </summary>
internal static class HintName
{
    /// <summary>Of the type's name. A file system counts bytes (255 on Linux), and a letter may have three of them.</summary>
    private const int MostBytes = 200;

    /// <param name="fullName">The full name of the type.</param>
    public static string Of(string fullName)
        => $"{End(fullName).Replace('<', '{').Replace('>', '}')}.{Fingerprint.Of(fullName) & 0xFFFFFFFF:x8}.g.cs";

    /// <summary>As much of the end as there is room for: a name's last part says more than its first.</summary>
    private static string End(string name)
    {
        int start = name.Length;
        for (int bytes = 0; start > 0; start--)
        {
            // C# has no identifiers of surrogate pairs, so a char is a letter.
            bytes += Encoding.UTF8.GetByteCount(name.ToCharArray(start - 1, 1));
            if (bytes > MostBytes)
            {
                break;
            }
        }

        return name.Substring(start);
    }
}
