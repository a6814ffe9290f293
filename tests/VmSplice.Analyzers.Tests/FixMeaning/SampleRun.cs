using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>Compiles a sample to an assembly and runs it.</summary>
internal static class SampleRun
{
    private static readonly SemaphoreSlim s_console = new(1);

    /// <summary>What the program prints, or gives back; <see langword="null"/> where it is a library that cannot be run.</summary>
    public static async Task<string?> OutputOfAsync(Compilation compilation, string what)
    {
        TestCompilation.AssertNoErrors(compilation, what);
        if (compilation.GetEntryPoint(CancellationToken.None) is null && compilation.GetTypeByMetadataName("Sample")?.GetMembers("Run").IsEmpty != false)
        {
            return null;
        }

        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success, what);
        image.Position = 0;
        var context = new AssemblyLoadContext(what, isCollectible: true);
        try
        {
            Assembly assembly = context.LoadFromStream(image);
            return assembly.EntryPoint is { } entry ? await PrintedByAsync(entry) : (string)assembly.GetType("Sample")!.GetMethod("Run")!.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }

    private static async Task<string> PrintedByAsync(MethodInfo entry)
    {
        await s_console.WaitAsync();
        TextWriter before = Console.Out;
        try
        {
            using var printed = new StringWriter();
            Console.SetOut(printed);
            entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            return printed.ToString();
        }
        finally
        {
            Console.SetOut(before);
            s_console.Release();
        }
    }
}
