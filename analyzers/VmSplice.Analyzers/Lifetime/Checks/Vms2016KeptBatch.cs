using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>VMS2016: a batch is put where it stays longer than it is valid.</summary>
internal sealed class Vms2016KeptBatch : LifetimeCheck
{
    private static readonly DiagnosticDescriptor s_rule = Describe(
        RuleIds.KeptBatch, DiagnosticSeverity.Warning, "Batch is kept longer than it is valid",
        "{0} {1}: the memory of a batch is the reader's, and shows other records then. Keep a copy: ToArray().",
        "A batch is valid until its reader moves on. Whoever gets it out of a collection later reads other records.");

    public override DiagnosticDescriptor Rule => s_rule;

    public override Finding? Of(LifetimeEvent recorded) => recorded is BatchesGathered gathered
        ? new Finding(Rule, gathered.Reader, gathered.Node,
            cause: null, $"'{gathered.Method}'", $"gathers the batches of '{gathered.Reader.Name}', each of which ends when the next is read")
        : null;

    public override IEnumerable<Finding> AtEnd(EndOfBody end)
    {
        if (!end.Events.Any(static one => one is KeptBatchExpired))
        {
            yield break;
        }

        BufferStored[] stored = [.. end.Events.OfType<BufferStored>().Where(one => one.Site.Kind == AllocationKind.Slot)];
        foreach (KeptBatchExpired expired in end.Events.OfType<KeptBatchExpired>())
        {
            foreach (BufferStored one in stored)
            {
                if (one.Site.Node == expired.Site.Node && one.Collection is { } collection && expired.Holder.IsIn(collection))
                {
                    yield return new Finding(
                        Rule, one.Site, one.Node, cause: null,
                        $"'{Wording.AliasOf(one.Node)}'",
                        $"is kept in '{collection.Name}', and '{one.Site.Owner?.Name}' moves on on line {Wording.LineOf(expired.Node)}");
                }
            }
        }
    }
}
