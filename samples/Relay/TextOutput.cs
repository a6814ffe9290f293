using System.Buffers;
using System.Globalization;
using System.Reflection;
using VmSplice;

namespace Relay;

/// <summary>A line of text for each record: for a terminal, where nobody could read the bytes.</summary>
/// <typeparam name="T">A spliceable record.</typeparam>
internal sealed class TextOutput<T>(TextWriter output) : IRecordOutput
    where T : unmanaged, ISpliceable<T>
{
    private static readonly FieldInfo[] s_fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    public long Records { get; private set; }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> message, CancellationToken cancellation)
    {
        foreach (T record in RecordCodec.Decode<T>(message))
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteLineAsync(string.Join(", ", s_fields.Select(field => TextOf(field, record))));
            Records++;
        }
    }

    public async ValueTask CompleteAsync() => await output.FlushAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string TextOf(FieldInfo field, object record)
        => string.Create(CultureInfo.InvariantCulture, $"{field.Name} {field.GetValue(record)}");
}
