namespace VmSplice.Generators.Model;

/// <summary>Turns a placed record into leaves: nested records dissolve into paths, arrays stay one leaf.</summary>
internal static class LayoutFlattener
{
    public static LayoutModel Flatten(RecordShape record)
    {
        var fields = new List<LeafField>();
        var checks = new List<LeafCheck>();
        AddFields(record, "", 0, fields, checks);
        return new LayoutModel(record.Size, Fingerprint.Of(record.Size, fields), new(fields), new(checks))
        {
            Earlier = record.Earlier,
            Template = record.Template,
        };
    }

    /// <summary>The checks of one value, as if it were the only field of a record.</summary>
    public static IReadOnlyList<LeafCheck> ChecksOf(Shape shape)
    {
        var checks = new List<LeafCheck>();
        AddChecks(shape, 0, 0, [], checks);
        return checks;
    }

    private static void AddFields(RecordShape record, string path, int start, List<LeafField> fields, List<LeafCheck> checks)
    {
        foreach (PlacedField field in record.Fields.OrderBy(field => field.Offset))
        {
            string name = path + field.Name;
            int offset = start + field.Offset;
            if (field.Shape is RecordShape nested)
            {
                AddFields(nested, name + ".", offset, fields, checks);
            }
            else
            {
                AddChecks(field.Shape, fields.Count, offset, [], checks);
                fields.Add(new LeafField(name, field.Shape.Type, field.Shape.WireType, offset, field.Shape.Size, (field.Shape as TailShape)?.Item));
            }
        }
    }

    private static void AddChecks(Shape shape, int field, int offset, IReadOnlyList<Repeat> repeats, List<LeafCheck> checks)
    {
        switch (shape)
        {
            case ValueShape { Check: { } check }:
                checks.Add(new LeafCheck(field, offset, new(repeats), check));
                break;
            case ArrayShape array:
                AddChecks(array.Element, field, offset, [.. repeats, new Repeat(array.Length, array.Element.Size)], checks);
                break;
            case RecordShape record:
                foreach (PlacedField inner in record.Fields)
                {
                    AddChecks(inner.Shape, field, offset + inner.Offset, repeats, checks);
                }

                break;
        }
    }
}
