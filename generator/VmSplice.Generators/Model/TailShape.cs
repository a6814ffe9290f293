namespace VmSplice.Generators.Model;

/// <summary>A text or a list: the record holds its place, and the items lie behind the records of the block.</summary>
/// <param name="Type">As C# writes it.</param>
/// <param name="Items">What both processes must agree on of the items.</param>
/// <param name="Item">How the runtime is told of one item: <c>Text</c>, or a call such as <c>Number&lt;int&gt;()</c>.</param>
internal sealed record TailShape(string Type, string Items, string Item) : Shape(8, 4, Type)
{
    public override string WireType => Items;
}
