namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records that are copied where the place was meant.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MeshSides"] = """
            namespace Geometry.Mesh;

            [Spliceable]
            public partial struct Triangle
            {
                public int A;
                public int B;
                public int C;
                public int Material;
            }

            public static class MeshSides
            {
                /// <summary>Triangles that look at the viewer go to one process, all others to another one.</summary>
                public static void Split(
                    RecordWriter<Triangle> front, RecordWriter<Triangle> back, ReadOnlySpan<(float X, float Y)> points, ReadOnlySpan<int> indices)
                {
                    for (int i = 0; i + 2 < indices.Length; i += 3)
                    {
                        (int a, int b, int c) = (indices[i], indices[i + 1], indices[i + 2]);
                        float area = ((points[b].X - points[a].X) * (points[c].Y - points[a].Y)) - ((points[b].Y - points[a].Y) * (points[c].X - points[a].X));
                        Triangle triangle = area > 0 ? front.Next() : back.Next(); //~VMS2015
                        triangle.A = a;
                        triangle.B = b;
                        triangle.C = c;
                    }

                    front.Complete();
                    back.Complete();
                }
            }
            """,
    };
}
