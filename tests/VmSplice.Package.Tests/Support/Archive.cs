using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace VmSplice.Package.Tests.Support;

/// <summary>A package file, as NuGet wrote it.</summary>
internal sealed class Archive
{
    private readonly Dictionary<string, byte[]> _files = [];

    public Archive(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            _files.Add(entry.FullName, bytes.ToArray());
        }
    }

    /// <summary>Names in order, without those that the container format has in every package.</summary>
    public IEnumerable<string> Names
        => _files.Keys.Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal)
            && !name.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public byte[] this[string name] => _files[name];

    public string Text(string name) => Encoding.UTF8.GetString(_files[name]);

    /// <summary>An element of the package's description, without regard to the schema's version.</summary>
    public XElement? Metadata(string element)
        => XDocument.Parse(Text("VmSplice.Generators.nuspec").TrimStart('\uFEFF')).Descendants().FirstOrDefault(found => found.Name.LocalName == element);
}
