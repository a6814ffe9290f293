using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>Where a record that a writer hands out is copied, and the copy is filled instead of the record.</summary>
internal sealed class RecordCopies(SemanticModel model, SyntaxNode scope, CancellationToken cancellation)
{
    public IEnumerable<RecordCopy> Of(IInvocationOperation call)
        => call.TargetMethod.RefKind != RefKind.None && !IsReference(call) ? OfValue(call, call.Syntax, mustBeDead: false) : OfReference(call);

    /// <summary>Whether the call's result is used as the reference that it is.</summary>
    private static bool IsReference(IInvocationOperation call) => call.Syntax.Parent is RefExpressionSyntax;

    /// <summary>
    /// Where the value of an expression goes. Of <c>Next</c> nothing else can reach the record, so any write to the copy is lost. An
    /// element can be written another way, so there the copy has to be dead: written, and never read.
    /// </summary>
    private IEnumerable<RecordCopy> OfValue(IOperation value, SyntaxNode source, bool mustBeDead)
    {
        IOperation chosen = ChosenFrom(value);
        if (chosen != value && value is IInvocationOperation && !IsFirstOf(chosen, value))
        {
            // One variable, one mistake.
            yield break;
        }

        source = chosen == value ? source : chosen.Syntax;
        switch (Target(chosen, out SyntaxNode? nameless))
        {
            case { } variable when FirstWrite(variable, source, mustBeDead) is { } write:
                yield return new RecordCopy(variable, source, write);
                break;
            case null when nameless is not null && !mustBeDead:
                yield return new RecordCopy(null, source, nameless);
                break;
        }
    }

    /// <summary>A span, a memory or a reference to records: copies that are made of their elements.</summary>
    private IEnumerable<RecordCopy> OfReference(IInvocationOperation call)
    {
        // records.GetSpan(4)[0]
        SyntaxNode at = call.Syntax;
        if (ElementOf(at as ExpressionSyntax) is { } element)
        {
            foreach (RecordCopy copy in OfElement(element))
            {
                yield return copy;
            }

            yield break;
        }

        at = at.Parent is RefExpressionSyntax reference ? reference : at;
        if (at.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            || model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol holder || (holder.RefKind == RefKind.None && at is RefExpressionSyntax))
        {
            yield break;
        }

        foreach (IdentifierNameSyntax name in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            // record.Price and record = value are no copies: told apart before anything is bound.
            if (name.Identifier.ValueText != holder.Name || (holder.RefKind != RefKind.None && !MayBeCopied(name))
                || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, holder))
            {
                continue;
            }

            ExpressionSyntax? copied = holder.RefKind != RefKind.None ? name : ElementOf(name);
            copied = copied is null ? null : PartOf(copied);
            foreach (RecordCopy copy in copied is null ? [] : OfElement(copied))
            {
                yield return copy;
            }
        }
    }

    private static bool MayBeCopied(IdentifierNameSyntax reference)
        => (reference.Parent is MemberAccessExpressionSyntax && IsStored(PartOf(reference)))
        || (reference.Parent is not (MemberAccessExpressionSyntax or RefExpressionSyntax)
            && !(reference.Parent is AssignmentExpressionSyntax assignment && assignment.Left == reference));

    /// <summary>A structure in the record, as far as it is named: <c>order.Legs.Near</c>.</summary>
    private static ExpressionSyntax PartOf(ExpressionSyntax record)
    {
        ExpressionSyntax part = record;
        while (part.Parent is MemberAccessExpressionSyntax member && member.Expression == part && member.Parent is not InvocationExpressionSyntax)
        {
            part = member;
        }

        return IsStored(part) ? part : record;
    }

    /// <summary>Whether a variable gets the value: told apart before anything is bound.</summary>
    private static bool IsStored(ExpressionSyntax value)
        => value.Parent is EqualsValueClauseSyntax || (value.Parent is AssignmentExpressionSyntax assignment && assignment.Right == value);

    private IEnumerable<RecordCopy> OfElement(ExpressionSyntax element)
        => element.Parent is RefExpressionSyntax || model.GetOperation(element, cancellation) is not { } read || !IsStructure(read) ? []
            : OfValue(read, element, mustBeDead: true);

    /// <summary>A number that is read out of a record is a value to work with.</summary>
    private static bool IsStructure(IOperation read)
        => read is not IFieldReferenceOperation { Type: not { SpecialType: SpecialType.None, TypeKind: TypeKind.Struct } };

    /// <summary><c>s[0]</c> of <c>s</c>, <c>m.Span[0]</c> of <c>m</c>.</summary>
    private static ElementAccessExpressionSyntax? ElementOf(ExpressionSyntax? holder)
    {
        ExpressionSyntax? span = holder?.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Span" } member && member.Expression == holder
            ? member : holder;
        return span?.Parent is ElementAccessExpressionSyntax { ArgumentList.Arguments.Count: 1 } element && element.Expression == span
            && element.ArgumentList.Arguments[0].Expression is not RangeExpressionSyntax ? element : null;
    }

    /// <summary>The variable that gets the value; or the write of a <c>with</c>, which needs none.</summary>
    private static ISymbol? Target(IOperation value, out SyntaxNode? nameless)
    {
        nameless = null;
        IOperation from = Converted(value);
        switch (from.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } }:
                return local;
            case ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Value == from:
                return VariableOf(assignment.Target);
            case IWithOperation with when with.Operand == from && with.Initializer.Initializers.Length > 0:
                nameless = with.Initializer.Initializers[0].Syntax;
                return null;
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } declared } }:
                return declared;
            case IIsPatternOperation { Pattern: IRecursivePatternOperation { DeclaredSymbol: { } declared } }:
                return declared;
            case ITupleOperation tuple:
                return Deconstructed(tuple, from);
            default:
                return null;
        }
    }

    /// <summary>The switch or the condition, of any depth, that may choose the value.</summary>
    private static IOperation ChosenFrom(IOperation value)
    {
        IOperation chosen = value;
        while (true)
        {
            IOperation from = Converted(chosen);
            switch (from.Parent)
            {
                case IConditionalOperation { IsRef: false } choice when choice.Condition != from:
                    chosen = choice;
                    break;
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm when arm.Value == from:
                    chosen = choice;
                    break;
                default:
                    return chosen;
            }
        }
    }

    private static bool IsFirstOf(IOperation chosen, IOperation call)
        => chosen.Descendants().FirstOrDefault(one => one is IInvocationOperation { TargetMethod: var method }
            && SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, ((IInvocationOperation)call).TargetMethod.OriginalDefinition)) is { } first
            && first.Syntax == call.Syntax;

    private static IOperation Converted(IOperation value)
    {
        IOperation from = value;
        while (from.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            from = from.Parent;
        }

        return from;
    }

    private static ISymbol? Deconstructed(ITupleOperation values, IOperation value)
    {
        IOperation? around = values.Parent;
        while (around is IConversionOperation)
        {
            around = around.Parent;
        }

        if (around is not IDeconstructionAssignmentOperation deconstruction)
        {
            return null;
        }

        IOperation targets = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        int index = values.Elements.IndexOf(value);
        return targets is ITupleOperation tuple && index >= 0 && index < tuple.Elements.Length ? VariableOf(tuple.Elements[index]) : null;
    }

    private static ISymbol? VariableOf(IOperation target) => target switch
    {
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => local,
        IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field when field.Field.RefKind == RefKind.None => field.Field,
        _ => null,
    };

    private SyntaxNode? FirstWrite(ISymbol variable, SyntaxNode source, bool mustBeDead)
    {
        VariableUses uses = VariableUses.Of(variable, scope, model, cancellation);
        bool isReplaced = uses.Assignments.Any(value => !source.Span.Contains(value.Span) && !value.Span.Contains(source.Span) && !IsNext(value));
        if (isReplaced || (mustBeDead && uses.IsRead))
        {
            return null;
        }

        // Its own declaration may give it something to begin with; a field may have been filled elsewhere before.
        return uses.Writes.FirstOrDefault(write => write.SpanStart > source.Span.End);
    }

    private static bool IsNext(ExpressionSyntax value)
        => value
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Next" }, ArgumentList.Arguments.Count: 0 };
}
