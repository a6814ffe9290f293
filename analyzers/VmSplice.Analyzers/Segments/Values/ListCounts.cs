using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>How many elements a collection has: what made it, added to it or tested it says so.</summary>
internal sealed class ListCounts(Evaluator evaluator)
{
    /// <summary>Whether it is a list of segments that grows: of an array or a span the count never changes.</summary>
    public static bool IsList(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "List" } && SegmentType.Of(type) is not null;

    /// <summary>The number of elements, or whatever the program meets at run time; unknown of what has no name.</summary>
    public Number Of(IOperation collection, ValueState state)
    {
        collection = Operand.Unwrap(collection);
        if (KeyOf(collection) is not { } key)
        {
            return collection is IMemberReferenceOperation ? Number.RunTimeCount : Number.Unknown;
        }

        return !evaluator.IsWrittenElsewhere(key) && state[key] is SegmentWindow window ? window.Count
            : (state[new CountOf(key)] as Scalar)?.Number ?? Number.RunTimeCount;
    }

    /// <summary>A condition narrows the number of elements.</summary>
    public void Refine(IOperation collection, Func<Number, Number> refine, ValueState state)
    {
        collection = Operand.Unwrap(collection);
        foreach (object key in KeysOf(collection))
        {
            if (!evaluator.IsWrittenElsewhere(key) && evaluator.Eval(collection, state) is SegmentWindow window)
            {
                state[key] = new SegmentWindow(window.Cell, window.Start, refine(window.Count));
            }
            else if (state[key] is not Block)
            {
                state[new CountOf(key)] = new Scalar(refine((state[new CountOf(key)] as Scalar)?.Number ?? Number.RunTimeCount));
            }
        }
    }

    /// <summary>A list gets a second name: what happens to it by one is not seen by the other.</summary>
    public void Share(IOperation list, ValueState state)
    {
        if (IsList(list.Type) && list is not IFlowCaptureReferenceOperation)
        {
            Set(list, Number.RunTimeCount, state);
        }
    }

    /// <summary><c>list.Add(…)</c> and its like. False where the call is none of a list of segments, or runs code that is not in sight.</summary>
    public bool TryCall(IInvocationOperation call, Value?[] values, ValueState state)
    {
        if (call.Instance is not { } list || !IsList(list.Type))
        {
            return false;
        }

        switch (call.TargetMethod.Name)
        {
            case "Add" or "Insert":
                Set(list, (Of(list, state) + Number.Constant(1)).AsMeasured(), state);
                break;
            case "AddRange" or "InsertRange":
                Set(list, (Of(list, state) + CountOfArgument(call, values, state)).AsMeasured(), state);
                break;
            case "Clear":
                Set(list, Number.Constant(0), state);
                break;
            case "RemoveAt":
                Number before = Of(list, state);
                Set(list, before.Low > 0 ? before - Number.Constant(1) : before.WithBounds(0, before.High), state);
                break;
            case "Remove" or "RemoveRange":
                Set(list, Of(list, state) is var most && most.Low >= 0 ? most.WithBounds(0, most.High) : most, state);
                break;
            case "CopyTo" or "GetEnumerator" or "EnsureCapacity" or "TrimExcess" or "Contains" or "IndexOf" or "AsReadOnly":
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>A call of which nothing is known but its text. What a test said of a list holds, unless that text adds to the list.</summary>
    public void AfterUnknown(IInvocationOperation call, ValueState state)
    {
        // A foreach asks an array as the interface that it has.
        if (call.Instance is not null && Operand.Unwrap(call.Instance) is { Type: { IsReferenceType: true, TypeKind: not TypeKind.Array } } changed
            && !IsList(changed.Type))
        {
            Set(changed, Number.RunTimeCount, state);
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            // An empty list is passed to be filled.
            if (IsList(argument.Value.Type) && argument.Parameter is { } parameter
                && (Of(argument.Value, state).Exact == 0 || AddsTo(call.TargetMethod, parameter.Name)))
            {
                Set(argument.Value, Number.RunTimeCount, state);
            }
        }

        if (call.TargetMethod.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
        {
            evaluator.ForgetCountsElsewhere(state);
        }
    }

    private static bool AddsTo(IMethodSymbol method, string parameter)
        => method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(node => node switch
        {
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax list, Name.Identifier.ValueText: var name } =>
                list.Identifier.ValueText == parameter && name is "Add" or "AddRange" or "Insert" or "InsertRange",
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } set when CalledName.Of(set) == "SetCount" =>
                arguments[0].Expression is IdentifierNameSyntax list && list.Identifier.ValueText == parameter,
            _ => false,
        });

    /// <summary>What the collection has from now on.</summary>
    public void Set(IOperation collection, Number count, ValueState state)
    {
        foreach (object key in KeysOf(Operand.Unwrap(collection)))
        {
            if (state[key] is SegmentWindow)
            {
                // Which element is where now is not followed.
                state[key] = new SegmentWindow(null, Number.Constant(0), count);
                state[new CountOf(key)] = null;
            }
            else if (state[key] is not Block)
            {
                state[new CountOf(key)] = count.Equals(Number.RunTimeCount) ? null : new Scalar(count);
            }
        }
    }

    private Number CountOfArgument(IInvocationOperation call, Value?[] values, ValueState state)
    {
        int last = call.Arguments.Length - 1;
        Number added = values[last] is SegmentWindow window ? window.Count : Of(call.Arguments[last].Value, state);
        return added.Low >= 0 ? added : Number.RunTimeCount;
    }

    /// <summary>The variable or field, and where a temporary stands for it, both.</summary>
    private IEnumerable<object> KeysOf(IOperation collection)
    {
        if (KeyOf(collection) is { } key)
        {
            yield return key;
        }

        if (collection is IFlowCaptureReferenceOperation capture && evaluator.Captured(capture.Id) is { } captured
            && Operand.Unwrap(captured) is var original and not IFlowCaptureReferenceOperation && KeyOf(original) is { } owner)
        {
            yield return owner;
        }
    }

    private static object? KeyOf(IOperation collection) => collection switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => capture.Id,
        _ => FieldPlace.Of(collection),
    };
}
