// The target of an assignment is evaluated before its value.
namespace Corpus.EvaluationOrder;

static class Sending
{
    public static int Ship(SpliceWriter w, PageBuffer<int> b)
    {
        w.Send(b);
        return 1;
    }
}

static class ArrayElements
{
    static void Assigned(SpliceWriter w, int[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = Sending.Ship(w, buffer);
    }

    static void Increased(SpliceWriter w, int[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] += Sending.Ship(w, buffer);
    }

    static void AssignedWhereNull(SpliceWriter w, int?[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] ??= Sending.Ship(w, buffer);
        buffer.Dispose();
    }

    static void AssignedInARow(SpliceWriter w, int[] a, int[] c)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        a[buffer[0]] = c[buffer[1]] = Sending.Ship(w, buffer);
    }

    static void AssignedOneOfTwo(SpliceWriter w, int[] table, bool c)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = c ? Sending.Ship(w, buffer) : Sending.Ship(w, buffer);
    }
}

static class SeveralIndices
{
    static void OfTwoDimensions(SpliceWriter w, int[,] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0], buffer[1]] = Sending.Ship(w, buffer);
    }

    static void OfAnArrayOfArrays(SpliceWriter w, int[][] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0]][buffer[1]] = Sending.Ship(w, buffer);
    }

    static void FromTheEnd(SpliceWriter w, int[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[^buffer[0]] = Sending.Ship(w, buffer);
    }

    static void OfASpanFromTheEnd(SpliceWriter w, Span<int> table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[^buffer[0]] = Sending.Ship(w, buffer);
    }
}

static class OtherElements
{
    static void OfASpan(SpliceWriter w, Span<int> table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = Sending.Ship(w, buffer);
    }

    static void OfAList(SpliceWriter w, List<int> table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = Sending.Ship(w, buffer);
    }

    static void OfADictionary(SpliceWriter w, Dictionary<int, int> table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0]] = Sending.Ship(w, buffer);
    }

    static void OfADictionaryIncreased(SpliceWriter w, Dictionary<int, int> table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0]] += Sending.Ship(w, buffer);
    }
}

static class ThroughPointers
{
    static unsafe void Indexed(SpliceWriter w, int* table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = Sending.Ship(w, buffer);
    }

    static unsafe void Dereferenced(SpliceWriter w, int* table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        *(table + buffer[0]) = Sending.Ship(w, buffer);
    }

    static unsafe void IndexedWithAnOperator(SpliceWriter w, int* table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0]] |= Sending.Ship(w, buffer);
    }
}

struct Point
{
    public int X;
    public int Y { get; set; }
}

static class MembersOfElements
{
    static void Field(SpliceWriter w, Point[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7].X = Sending.Ship(w, buffer);
    }

    static void Property(SpliceWriter w, Point[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7].Y = Sending.Ship(w, buffer);
    }
}

sealed class Cell
{
    public int X;
    public int Y { get; set; }

    public int this[int i] { get => X; set => X = value; }
}

static class MembersOfResults
{
    static Cell Get(int i) => new();

    static void Field(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Get(buffer[0]).X = Sending.Ship(w, buffer);
    }

    static void Property(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Get(buffer[0]).Y = Sending.Ship(w, buffer);
    }

    static void Indexer(SpliceWriter w, Cell cell)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        cell[buffer[0]] = Sending.Ship(w, buffer);
    }

    static void FieldIncreased(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Get(buffer[0]).X += Sending.Ship(w, buffer);
    }

    static void PropertyIncreased(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Get(buffer[0]).Y += Sending.Ship(w, buffer);
    }
}

static class ReferencesThatAreReturned
{
    static int s;
    static ref int Slot(int i) => ref s;

    static void Assigned(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Slot(buffer[0]) = Sending.Ship(w, buffer);
    }

    static void Decreased(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        Slot(buffer[0]) -= Sending.Ship(w, buffer);
    }
}

static class Deconstruction
{
    static (int, int) ShipTwo(SpliceWriter w, PageBuffer<int> b)
    {
        w.Send(b);
        return (1, 2);
    }

    static void OfAResult(SpliceWriter w, int[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        (table[buffer[0]], table[buffer[1]]) = ShipTwo(w, buffer);
    }

    static void OfATuple(SpliceWriter w, int[] table, int x)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        (table[buffer[0]], x) = (Sending.Ship(w, buffer), 3);
    }
}

static class Operands
{
    static int OfASum(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        return buffer[0] + Sending.Ship(w, buffer);
    }

    static void OfAnIncrease(SpliceWriter w)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        int x = buffer[0];
        x += buffer[1] * Sending.Ship(w, buffer);
        Console.WriteLine(x);
    }
}

static class Awaited
{
    static async Task<int> ShipAsync(SpliceWriter w, PageBuffer<int> b)
    {
        await w.SendAsync(b);
        return 1;
    }

    static async Task Assigned(SpliceWriter w, int[] table)
    {
        PageBuffer<int> buffer = w.Rent<int>(4);
        table[buffer[0] & 7] = await ShipAsync(w, buffer);
    }
}
