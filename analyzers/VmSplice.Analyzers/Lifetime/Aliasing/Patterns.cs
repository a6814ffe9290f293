using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>The variables of a pattern hold what was tested, or a part of it.</summary>
internal sealed class Patterns(BodyEvaluation body)
{
    /// <param name="subject">The expression whose memory it is; null where it is a part of no known name.</param>
    public void Bind(IPatternOperation pattern, PointsToSet value, AccessPath? tested, IOperation? subject = null)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant when subject is not null && IsText(constant):
                // view is "GET"
                Read(value, subject);
                break;
            case IDeclarationPatternOperation declaration:
                BindVariable(declaration.DeclaredSymbol, value, declaration.Syntax);
                break;
            case IRecursivePatternOperation recursive:
                BindVariable(recursive.DeclaredSymbol, value, recursive.Syntax);
                for (int i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
                {
                    BindPart(recursive.DeconstructionSubpatterns[i], tested?.Field(AccessPath.Item(i)));
                }

                foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
                {
                    if (property.Member is IPropertyReferenceOperation { Property: { } viewed } && Carrier.IsView(viewed.Type) && !value.References.IsEmpty)
                    {
                        // A view of what was tested: { Span: var view }.
                        body.Ownership.Access(value, property.Syntax, MemoryAccess.Read, throughBuffer: body.Shared.Types.IsFollowed(viewed.ContainingType));
                        Bind(property.Pattern, value, tested: null, subject);
                        continue;
                    }

                    BindPart(property.Pattern, property.Member is IMemberReferenceOperation member ? tested?.Field(member.Member.Name) : null);
                }

                break;
            case IListPatternOperation list:
                BindVariable(list.DeclaredSymbol, value, list.Syntax);
                if (subject is not null && list.Patterns.Any(static one => one is not (ISlicePatternOperation or IDiscardPatternOperation)))
                {
                    Read(value, subject);
                }

                foreach (ISlicePatternOperation slice in list.Patterns.OfType<ISlicePatternOperation>())
                {
                    if (slice.Pattern is { } rest)
                    {
                        Bind(rest, value, tested: null, subject);
                    }
                }

                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, value, tested, subject);
                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, value, tested, subject);
                Bind(binary.RightPattern, value, tested, subject);
                break;
        }
    }

    /// <summary>Elements of what is tested are compared or taken.</summary>
    private void Read(PointsToSet value, IOperation subject)
    {
        if (Carrier.IsView(subject.Type) || body.Shared.Types.Of(subject.Type) == SpliceType.PageBuffer)
        {
            body.Ownership.Access(value, subject.Syntax, MemoryAccess.Read);
        }
    }

    private static bool IsText(IConstantPatternOperation constant) => constant.Value.ConstantValue is { HasValue: true, Value: string };

    private void BindPart(IPatternOperation pattern, AccessPath? part) => Bind(pattern, part is null ? PointsToSet.Unknown : body.State.Get(part), part);

    private void BindVariable(ISymbol? variable, PointsToSet value, SyntaxNode node)
    {
        if (variable is ILocalSymbol local)
        {
            var path = new AccessPath(local, "");
            body.Stores.Store(path, Carrier.Carries(local.Type) ? value : PointsToSet.Nothing, source: null);
            body.Adoption.Adopt(path, local.Type, node, source: null);
        }
    }
}
