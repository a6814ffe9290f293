using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// Tuples, structures and records: made, read and written in parts. A structure is its own variable's; of an object only what cannot change is known.
/// </summary>
internal sealed class AggregateValues(Evaluator evaluator)
{
    public Aggregate Tuple(ITupleOperation tuple, ValueState state)
    {
        Aggregate made = Aggregate.Unknown;
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            made = made.With(Item(i), evaluator.Eval(tuple.Elements[i], state));
        }

        return made;
    }

    /// <summary>A tuple converts each of its elements; what an operator of the user's makes is not known.</summary>
    public static Value? Convert(Aggregate value, IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
        {
            return null;
        }

        return conversion.Type is not INamedTypeSymbol { IsTupleType: true } tuple ? value
            : value.Select((name, part) => tuple.TupleElements.FirstOrDefault(element => NameOf(element) == name) is { } element
                ? TypeValues.Convert(part, element.Type) : null);
    }

    /// <summary>What the parameters of a record are given, its properties have.</summary>
    public static Aggregate? OfRecord(IObjectCreationOperation creation, Value?[] values)
    {
        if (creation.Type is not INamedTypeSymbol { IsRecord: true } record || creation.Constructor is not { IsImplicitlyDeclared: false } constructor
            || constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not RecordDeclarationSyntax)
        {
            return null;
        }

        Aggregate made = Aggregate.Unknown;
        for (int i = 0; i < values.Length; i++)
        {
            if (creation.Arguments[i].Parameter is { RefKind: RefKind.None } parameter
                && record.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property && IsOf(property, parameter))
            {
                made = made.With(property.Name, values[i]);
            }
        }

        return made;
    }

    /// <summary>The part that a member of a variable is; null where nothing is known of it.</summary>
    public Value? Read(IMemberReferenceOperation member, ValueState state)
        => PartOf(member) is { } part && (evaluator.Eval(member.Instance, state) as Aggregate)?[part] is { } value
            ? TypeValues.Convert(value, member.Type) : null;

    /// <summary>False where the member is none of a variable that this body alone can change.</summary>
    public bool TryWrite(IMemberReferenceOperation member, Value? value, ValueState state)
    {
        // A record is initialised before it has a name, and does not change from then on.
        if (PartOf(member) is not { } part || member.Instance is not ({ Type.IsValueType: true } or IFlowCaptureReferenceOperation) || !IsOwn(member.Instance)
            || IsUnion(member.Member))
        {
            return false;
        }

        Aggregate before = evaluator.Eval(member.Instance, state) as Aggregate ?? Aggregate.Unknown;
        if (member.Instance is not IFlowCaptureReferenceOperation temporary)
        {
            evaluator.Assignments.Write(member.Instance, before.With(part, value), member.Syntax, state);
            return true;
        }

        // A copy, as `with` makes, or the variable itself: it is not known which.
        state[temporary.Id] = before.With(part, value);
        if (RootOf(evaluator.Captured(temporary.Id)) is { } original and not IFlowCaptureReferenceOperation)
        {
            Forget(original, state);
        }

        return true;
    }

    /// <summary>What a member of it or a method with its address does, changes the variable.</summary>
    public void Forget(IOperation? part, ValueState state)
    {
        if (RootOf(part) is { } root && evaluator.Eval(root, state) is Aggregate)
        {
            evaluator.Assignments.Write(root, null, root.Syntax, state);
        }
    }

    /// <summary>The variable that a part of a structure is in.</summary>
    public static IOperation? RootOf(IOperation? part)
    {
        while (part is IMemberReferenceOperation { Instance: { Type.IsValueType: true } around })
        {
            part = around;
        }

        return part is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation || FieldPlace.Of(part) is not null
            ? part : null;
    }

    public static string Item(int index) => FormattableString.Invariant($"Item{index + 1}");

    private static string? PartOf(IMemberReferenceOperation member) => member switch
    {
        { Instance.Type: null or { IsRefLikeType: true } } => null,
        IFieldReferenceOperation { Field: { IsStatic: false, RefKind: RefKind.None } field, Instance.Type.IsValueType: true } => NameOf(field),
        IPropertyReferenceOperation { Property: { IsStatic: false, IsIndexer: false } property, Instance.Type: var type }
            when type.IsValueType || (type.IsRecord && property.SetMethod is null or { IsInitOnly: true }) => StoredMembers.FieldOf(property),
        _ => null,
    };

    /// <summary>Only variables of the body, and parts of them: neither references nor what somebody else has.</summary>
    private static bool IsOwn(IOperation instance) => instance switch
    {
        ILocalReferenceOperation local => local.Local.RefKind == RefKind.None,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.None,
        IFlowCaptureReferenceOperation => true,
        IMemberReferenceOperation member => FieldPlace.Of(member) is not null
            || (PartOf(member) is not null && member.Instance is { Type.IsValueType: true } around && IsOwn(around)),
        _ => false,
    };

    /// <summary>Whether another part may have the same bytes.</summary>
    private static bool IsUnion(ISymbol part) => part.ContainingType.GetAttributes().Any(static one => one.AttributeClass?.Name == "StructLayoutAttribute");

    private static bool IsOf(IPropertySymbol property, IParameterSymbol parameter)
        => property.DeclaringSyntaxReferences.Length == 1 && parameter.DeclaringSyntaxReferences.Length == 1
            && property.DeclaringSyntaxReferences[0].Span == parameter.DeclaringSyntaxReferences[0].Span;

    private static string NameOf(IFieldSymbol field) => (field.CorrespondingTupleField ?? field).Name;
}
