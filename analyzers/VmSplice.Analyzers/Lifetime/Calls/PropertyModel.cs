using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Ownership;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>Properties with code behind them: of buffers, of the base library, of anybody.</summary>
internal sealed class PropertyModel(BodyEvaluation body)
{
    public PointsToSet Evaluate(IPropertyReferenceOperation property)
    {
        PointsToSet on = property.Instance is null ? PointsToSet.Nothing : body.Calls.EvaluateReceiver(property.Instance);
        if (BackgroundWork.IsTask(property.Instance?.Type))
        {
            // Who asks a task how far it is knows what is unfinished.
            body.Running.End();
        }

        foreach (IArgumentOperation argument in property.Arguments)
        {
            body.Expressions.Evaluate(argument.Value);
        }

        if (property is { Property.IsIndexer: true } && on.References.IsEmpty && body.Elements.Load(property) is { } element)
        {
            return element;
        }

        if (property is { Property.IsIndexer: true, Arguments.Length: 1 } && SegmentType.Of(property.Type) is null)
        {
            on = body.Ranges.Element(on, property.Arguments[0].Value, property.Type, property);
        }

        if (on.References.IsEmpty)
        {
            return Stored(property, on);
        }

        IPropertySymbol symbol = property.Property;
        SpliceType type = body.Shared.Types.Of(symbol.ContainingType);
        if (type is SpliceType.PageBuffer
            || (type == SpliceType.None && symbol.Name == "Memory" && on.References.All(one => one.Site.Kind == AllocationKind.Pages)))
        {
            switch (SurfaceTable.OfPagesProperty(symbol.Name, isCount: symbol.Type.SpecialType == SpecialType.System_Int32))
            {
                case SurfaceAction.Measures:
                    break;
                case SurfaceAction.Identifies:
                    if (on.Single is { } queried)
                    {
                        body.Log.Record(new StateQueried(property.Syntax, queried));
                    }

                    break;
                case SurfaceAction.None when body.Shared.Types.Of(symbol.Type) == SpliceType.SegmentView:
                    // A text or a list, of which each member says what it does.
                    break;
                default:
                    body.Ownership.Access(on, property.Syntax, MemoryAccess.Read, throughBuffer: true);
                    break;
            }

            return Carrier.IsView(property.Type) || symbol.RefKind != RefKind.None ? on : PointsToSet.Nothing;
        }

        if (type == SpliceType.SegmentView)
        {
            if (symbol.RefKind == RefKind.None && SurfaceTable.OfSegmentView(symbol.Name) != SurfaceAction.Measures)
            {
                body.Ownership.Access(on, property.Syntax, MemoryAccess.Read);
            }

            return Carrier.IsView(property.Type) || symbol.RefKind != RefKind.None ? on : PointsToSet.Nothing;
        }

        if (type == SpliceType.FrozenPages)
        {
            if (SurfaceTable.OfPages(symbol.Name) != SurfaceAction.Measures)
            {
                body.Ownership.Access(on, property.Syntax, MemoryAccess.Read);
            }

            return Carrier.IsView(property.Type) ? on : PointsToSet.Nothing;
        }

        if (symbol.ContainingType.TypeKind == TypeKind.Extension && !OnlyMeasures(symbol))
        {
            body.Ownership.Access(on, property.Syntax, MemoryAccess.Read, throughBuffer: true);
        }

        if (symbol.Name == "Current" && on.Single is { Kind: AllocationKind.RecordSource } source)
        {
            // await foreach: the batch of this iteration.
            return body.Expressions.Make(property.Syntax, AllocationKind.Slot, source);
        }

        return IsView(property) ? on : Stored(property, on);
    }

    /// <summary>A property of an extension block that is computed from the length, by its text.</summary>
    private static bool OnlyMeasures(IPropertySymbol property)
        => property.ContainingType.ExtensionParameter is { } receiver && !property.DeclaringSyntaxReferences.IsEmpty
        && property.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == receiver.Name)
            .All(name => name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "State" } access && access.Expression == name);

    /// <summary>Nullable.Value, Memory.Span, MemoryHandle.Pointer, an enumerator's Current, the result of a task.</summary>
    private static bool IsView(IPropertyReferenceOperation property)
        => property.Property.RefKind != RefKind.None || Carrier.IsView(property.Type)
        || property.Property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || property.Property.Name == "Memory" || (property.Property.Name == "Result" && BackgroundWork.IsTask(property.Property.ContainingType));

    private PointsToSet Stored(IPropertyReferenceOperation property, PointsToSet on)
        => body.Paths.PathOf(property) is { } stored ? body.State.Get(stored)
        : body.Calls.Coded.EvaluateGetter(property, on) is { } computed ? computed
        : Carrier.Carries(property.Type) ? PointsToSet.Unknown : PointsToSet.Nothing;
}
