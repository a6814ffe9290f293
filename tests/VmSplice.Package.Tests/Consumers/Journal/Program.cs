using System;
using VmSplice;

// One program as it was built first, and as it was built when records had got more fields.
if (args is ["write"])
{
    using RecordWriter<Entry> written = Entry.CreateWriter(SpliceWriter.OpenStandardOutput());
    for (int i = 0; i < 1000; i++)
    {
        ref Entry entry = ref written.Next();
        entry.Id = i;
        entry.Text = written.AddText($"entry {i}");
#if NEW
        entry.Priority = 9;
        entry.Line = i;
        entry.Author = written.AddText("somebody");
#endif
    }

    written.Complete();
    return;
}

using RecordReader<Entry> entries = Entry.CreateReader(SpliceReader.OpenStandardInput());
int characters = 0;
long priorities = 0;
int authors = 0;
foreach (ref readonly Entry entry in entries)
{
    characters += entries.GetText(entry.Text).Length;
#if NEW
    priorities += entry.Priority;
    authors += entries.GetText(entry.Author).IsEmpty ? 0 : 1;
#endif
}

Console.WriteLine($"{entries.RecordsRead} entries, {characters} characters, priorities {priorities}, {authors} authors");

[Spliceable]
public partial struct Entry
{
    public long Id;
    public SpliceText Text;
#if NEW
    [Since(2, Default = 3)]
    public int Priority;

    [Since(2)]
    public int Line;

    [Since(2)]
    public SpliceText Author;
#endif
}
