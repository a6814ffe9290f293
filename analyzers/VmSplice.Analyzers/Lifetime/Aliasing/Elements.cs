using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.State;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Buffers, record writers and readers, and addresses in lists: <c>list[0]</c> is the same twice, <c>array[i]</c> as long as nobody assigns <c>i</c>, and
/// what a loop over a list handed over the
/// next loop over it finds gone. They are kept below the access path of the list, so that they go when the list goes.
/// </summary>
internal sealed class Elements(BodyEvaluation body)
{
    /// <summary>What stands for all elements of a list, once one of them was handed over.</summary>
    private const string All = "[*]";

    /// <summary>The element that the loop over a list is at.</summary>
    private const string Current = "[current]";

    /// <summary>All elements as they were when the loop began.</summary>
    private const string Entered = ".[entered]";

    public static bool IsElement(AccessPath path) => path.Fields.Length > 0 && path.Name[0] == '[' && path.Name != "[kept]";

    public static bool IsAll(AccessPath path) => path.Name == All;

    /// <summary>The list that an element is in.</summary>
    public static AccessPath ListOf(AccessPath element) => new(element.Root, element.Fields.Substring(0, element.Fields.LastIndexOf('.')));

    /// <summary>Whether elements of a type are followed: buffers, record writers and readers; where there are raw calls, addresses and arrays too.</summary>
    public bool Keeps(ITypeSymbol? element)
        => body.Shared.Types.Of(RuntimeSymbols.Unwrap(element)) is SpliceType.PageBuffer or SpliceType.RecordWriter or SpliceType.RecordReader
        || (body.Shared.SeesRawCalls && (Adoption.IsAddress(element) || element is IArrayTypeSymbol) && SegmentType.Of(element) is null);

    /// <summary>The buffer that an element of a list is; null where the expression is no such element.</summary>
    public PointsToSet? Load(IOperation element)
    {
        if (PathOf(element) is not { } place)
        {
            return null;
        }

        if (body.State.Get(place.Path) is { References.IsEmpty: false } known && !(place.Index is { } index && IsStale(known, index, element.Syntax)))
        {
            return known;
        }

        bool isBuffer = body.Shared.Types.Of(RuntimeSymbols.Unwrap(element.Type)) == SpliceType.PageBuffer;
        Adopt(
            place.Path, element.Syntax, isBuffer ? SentBefore(place.List, element.Syntax) : null,
            AllocationKinds.Of(element.Type!, Carrier.IsView(element.Type), body) ?? AllocationKind.Pages);
        return body.State.Get(place.Path);
    }

    /// <summary>Another buffer is put into a list: elements that may be the same are not known any more.</summary>
    public void Store(IOperation element, PointsToSet value)
    {
        if (PathOf(element) is not { } place)
        {
            return;
        }

        bool isConstant = place.Index is null;
        body.State.ForgetWithin(path => path.IsIn(place.List) && IsElement(path) && (!isConstant || IsAll(path) || !IsConstant(path)));
        body.State.Set(place.Path, value);
    }

    /// <summary>Elements may have moved, or be gone.</summary>
    public void Forget(AccessPath list) => body.State.ForgetWithin(path => path.IsIn(list) && IsElement(path));

    /// <summary>A loop over a list begins.</summary>
    public void Enter(AccessPath list, SyntaxNode loop)
    {
        if (list.Field(All) is { } all)
        {
            body.State.Set(new AccessPath(loop, Entered), body.State.Get(all));
        }
    }

    /// <summary>The variable of a loop gets the next element.</summary>
    public bool Advance(AccessPath variable, SyntaxNode node, IOperation? source)
    {
        if (source is null
            || Operand.Unwrap(source) is not IPropertyReferenceOperation { Property.Name: "Current", Instance: IFlowCaptureReferenceOperation enumerator }
            || body.Function.OnlyCaptured(enumerator.Id) is not { } begun
            || Operand.Unwrap(begun) is not IInvocationOperation { TargetMethod.Name: "GetEnumerator" } call
            || ListIn(call) is not { } list || list.Field(Current) is not { } current || !body.State.Get(variable).Equals(PointsToSet.Unknown))
        {
            return false;
        }

        SiteState? before = SiteIn(new AccessPath(call.Syntax, Entered)) is { } all ? body.State.Get(all) : null;
        Adopt(variable, node, before);
        body.State.Set(current, body.State.Get(variable));
        return true;
    }

    /// <summary>The list whose enumerator a call makes.</summary>
    public AccessPath? ListIn(IInvocationOperation getEnumerator)
        => body.Paths.PathOf(getEnumerator.Instance ?? getEnumerator.Arguments.FirstOrDefault()?.Value) is { } list && list.Root is not CaptureId ? list : null;

    /// <summary>Buffers were handed over: of the lists that they are elements of, an element is gone.</summary>
    public void NoteTransfer(PointsToSet given, OwnershipState became, SyntaxNode node, string verb)
    {
        List<AccessPath>? lists = null;
        List<AllocationSite>? passed = null;
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Paths)
        {
            if (IsElement(pair.Key) && !IsAll(pair.Key) && given.References.Any(reference => pair.Value.Refers(reference.Site)))
            {
                (lists ??= []).Add(ListOf(pair.Key));
                passed = pair.Key.Name == Current ? KnownIn(ListOf(pair.Key), given, passed) : passed;
            }
        }

        // A loop over a list hands over the elements that are known by their places too.
        foreach (AllocationSite one in passed ?? [])
        {
            body.State.Set(one, body.State.Get(one).Perhaps(body.EventAt(became, node, verb)));
        }

        foreach (AccessPath list in lists ?? [])
        {
            NoteTransfer(list, became, node, verb);
        }
    }

    private List<AllocationSite>? KnownIn(AccessPath list, PointsToSet except, List<AllocationSite>? known)
    {
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Paths)
        {
            if (pair.Key.IsIn(list) && IsElement(pair.Key) && !IsAll(pair.Key) && pair.Key.Name != Current
                && pair.Value.Single is { Kind: AllocationKind.Pages } site && !except.Refers(site))
            {
                (known ??= []).Add(site);
            }
        }

        return known;
    }

    /// <summary>Some elements of a list, or all of them, were handed over.</summary>
    public void NoteTransfer(AccessPath list, OwnershipState became, SyntaxNode node, string verb)
    {
        if (list.Field(All) is { } all)
        {
            AllocationSite site = SiteIn(all) ?? body.Sites.From(node, all, AllocationKind.Pages, list.Name);
            SiteState before = SiteIn(all) is null ? SiteState.Alive : body.State.Get(site);
            body.State.Set(site, before.Perhaps(body.EventAt(became, node, verb)));
            body.State.Set(all, PointsToSet.Of(site));
        }
    }

    /// <summary>Hands over a list as a whole, whose elements are not in sight.</summary>
    public void TransferAll(AccessPath list, SyntaxNode node, OwnershipState became, string verb)
    {
        if (list.Field(All) is { } all && body.State.Get(all).Single is { } site)
        {
            body.Ownership.RecordIfInvalid(PointsToSet.Of(site), node, Checks.AccessKind.Transfer);
        }

        NoteTransfer(list, became, node, verb);
    }

    private void Adopt(AccessPath path, SyntaxNode node, SiteState? before, AllocationKind kind = AllocationKind.Pages)
    {
        AllocationSite site = body.Sites.From(node, path, kind, IsElement(path) ? Excerpt.Of(node) : path.Name);
        body.State.Renew(site, before ?? SiteState.Alive);
        body.State.Set(path, PointsToSet.Of(site));
    }

    /// <summary>What another loop, or a statement before, did to the elements of the list.</summary>
    private SiteState? SentBefore(AccessPath list, SyntaxNode node)
    {
        if (list.Field(All) is not { } all || SiteIn(all) is not { } site)
        {
            return null;
        }

        OwnershipEvent? before = body.State.Get(site).Events.FirstOrDefault(one => EnclosingLoop.Of(one.Node) is { } loop && !loop.Contains(node));
        return before is null ? null : SiteState.Alive.Perhaps(before);
    }

    /// <summary>Where paths meet it may be that no element was handed over yet.</summary>
    private AllocationSite? SiteIn(AccessPath all) => body.State.Get(all).References is { IsEmpty: false } known ? known[0].Site : null;

    /// <summary>The place of an element, its list, and the variable that is its index where that is no constant.</summary>
    private (AccessPath Path, AccessPath List, ISymbol? Index)? PathOf(IOperation element)
    {
        (IOperation? list, IOperation? index) = element switch
        {
            IArrayElementReferenceOperation { Indices: { Length: 1 } indices } array => (array.ArrayReference, indices[0]),
            IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } arguments, Instance: { } instance }
                when LibraryModel.IsCollection(instance.Type) => (instance, arguments[0].Value),
            IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } implied => (implied.Instance, implied.Argument),
            _ => (null, null),
        };
        if (list is null || index is null || !Keeps(element.Type) || body.Paths.PathOf(list) is not { } holder)
        {
            return null;
        }

        IOperation number = Operand.Unwrap(index);
        ISymbol? variable = number switch
        {
            ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => local,
            IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
            _ => null,
        };
        if (number is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: { } fromEnd } })
        {
            return holder.Field($"[^{fromEnd}]") is { } last ? (last, holder, null) : null;
        }

        string? key = number.ConstantValue is { HasValue: true, Value: { } value } ? $"[{value}]" : variable is not null ? $"[{variable.Name}]" : null;
        return key is not null && key.IndexOf('.') < 0 && holder.Field(key) is { } path
            ? (path, holder, number.ConstantValue.HasValue ? null : variable) : null;
    }

    private static bool IsConstant(AccessPath element) => element.Name.Length > 1 && (char.IsDigit(element.Name[1]) || element.Name[1] == '-');

    private bool IsStale(PointsToSet known, ISymbol index, SyntaxNode node)
        => known.Single is not { Node: { } from } || body.Function.Names.IsWritten(index, from, node);
}
