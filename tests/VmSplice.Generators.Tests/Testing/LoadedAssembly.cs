using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Xunit;
using VmSplice.CompilerServices;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>A compilation emitted to memory and loaded; it goes away when disposed.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("generated records", isCollectible: true);

    public LoadedAssembly(Compilation compilation, params byte[][] dependencies)
    {
        foreach (byte[] dependency in dependencies)
        {
            _context.LoadFromStream(new MemoryStream(dependency));
        }

        Assembly = _context.LoadFromStream(new MemoryStream(Image(compilation)));
    }

    public Assembly Assembly { get; }

    public static byte[] Image(Compilation compilation)
    {
        using var image = new MemoryStream();
        // Warnings are the business of Generated.AssertClean.
        EmitResult result = compilation
            .WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(20)));
        return image.ToArray();
    }

    /// <summary>The record of this metadata name: <c>Space.Outer+Inner</c>.</summary>
    public IRecordProbe Record(string name) => Probe(Assembly.GetType(name, throwOnError: true)!);

    /// <summary>Whether the type was proved: a stub has no layout to keep.</summary>
    public static bool IsRecord(Type type)
        => type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ISpliceable<>))
            && type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(RecordLayout));

    private static IRecordProbe Probe(Type type)
    {
        Assert.True(IsRecord(type), $"{type} was not generated.");
        return (IRecordProbe)Activator.CreateInstance(typeof(RecordProbe<>).MakeGenericType(type))!;
    }

    public void Dispose() => _context.Unload();
}
