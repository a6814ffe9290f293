using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>
/// Variables that a body assigns once, and parameters that it never assigns: a lambda or a local function that captures one sees that value, whenever it
/// runs.
/// </summary>
internal sealed class SingleAssignments
{
    private readonly Dictionary<ISymbol, int> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Value?> _known = new(SymbolEqualityComparer.Default);

    public SingleAssignments(IOperation root)
    {
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer: not null }
                    or IVariableDeclaratorOperation { Parent.Parent: not IVariableDeclarationGroupOperation }:
                    Count(((IVariableDeclaratorOperation)operation).Symbol, 1);
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
                    {
                        Count(target, 1);
                    }

                    break;
                case IAssignmentOperation assignment:
                    Count(assignment.Target, assignment is ISimpleAssignmentOperation { IsRef: false } ? 1 : Many);
                    break;
                case IIncrementOrDecrementOperation step:
                    Count(step.Target, Many);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                    Count(argument.Value, Many);
                    break;
                case IAddressOfOperation address:
                    Count(address.Reference, Many);
                    break;
            }
        }
    }

    private const int Many = 2;

    /// <summary>What is known of them so far: of the functions around the one that is run next.</summary>
    public IEnumerable<KeyValuePair<ISymbol, Value?>> Known => _known;

    /// <summary>
    /// A variable is assigned; on several paths to the same assignment it may be several values. The parts of a structure may be assigned again.
    /// </summary>
    public void Note(ISymbol variable, Value? value)
    {
        if (value is Aggregate)
        {
            _known[variable] = null;
        }
        else if (_writes.TryGetValue(variable, out int writes) && writes == 1)
        {
            _known[variable] = _known.TryGetValue(variable, out Value? before) ? Value.Join(before, value, widen: true) : value;
        }
    }

    public void NoteParameters(IMethodSymbol? method, ValueState entry)
    {
        foreach (IParameterSymbol parameter in method?.Parameters ?? [])
        {
            if (parameter.RefKind == RefKind.None && !_writes.ContainsKey(parameter))
            {
                _known[parameter] = entry[parameter];
            }
        }
    }

    private void Count(IOperation target, int times)
    {
        ISymbol? variable = target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (variable is not null)
        {
            Count(variable, times);
        }
    }

    private void Count(ISymbol variable, int times) => _writes[variable] = (_writes.TryGetValue(variable, out int before) ? before : 0) + times;
}
