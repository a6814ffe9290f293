using System.Globalization;

namespace VmSplice.Package.Tests.Support;

/// <summary>
/// Everything that may keep what the package brings from reaching a project, and projects that look like it but are none of the package's
/// business. A way to lose something that is found later becomes a row.
/// </summary>
internal static class BroughtRows
{
    private const string Program = "<OutputType>Exe</OutputType>";
    private const string ThroughLibrary = """<ProjectReference Include="../Library/Library.csproj" />""";
    private const string Main = """System.Console.WriteLine("");""";

    private const string Tick = " [VmSplice.Spliceable] public partial struct Tick { public long Time; }";
    private const string GonePrice = "VMS1013: 'Order' differs from version 1 in VmSplice.Layouts.txt, and programs that know it refuse the new one: "
        + "'Price' (8 double) is gone;";

    /// <summary>What Microsoft.Net.Compilers.Toolset says of itself.</summary>
    private const string OldRoslyn = "<PropertyGroup><CompilerApiVersion>roslyn4.14</CompilerApiVersion></PropertyGroup>";

    /// <summary>A warning of the rules, which Strict makes an error and Relaxed a suggestion.</summary>
    private const string Ignored = """
        using VmSplice;

        public static class Sender
        {
            public static void Send(SpliceWriter writer, IoVec segment) => RawPipe.VmSplice(writer.Handle, segment, SpliceFlags.None);
        }
        """;

    private const string Aliased = """
        extern alias vms;
        using vms::VmSplice;

        [Spliceable]
        public partial struct Price { public long Cents; }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment(Length = 4)] public partial Span<Price> Prices { get; }
        }

        public static class Sender
        {
            public static void Send(SpliceWriter writer)
            {
                Frame frame = Frame.Rent(writer);
                Span<Price> prices = frame.Prices;
                prices[0].Cents = 1;
                writer.Send(frame);
                prices[0].Cents = 2;
            }
        }
        """;

    private const string Mistakes = """
        using VmSplice;

        public static class Sender
        {
            public static void Send(SpliceWriter writer, SpliceReader reader)
            {
                // An array, a span, a struct or an unmarked object in place of a buffer.
                writer.Send(new byte[3]);
                Span<int> span = [1]; writer.Send(span);
                writer.Send("text"u8);
                ReadOnlyMemory<byte> bytes = new byte[3]; writer.Send(bytes);
                writer.Send("text");
                writer.Send(new Unmarked());
                writer.Send(new Segments());
                writer.Send(new byte[3], 2);
                writer.SendAsync(new byte[3]).AsTask().Wait();
                writer.Gift(new byte[3]);
                writer.GiftAsync(new Segments()).AsTask().Wait();
                using SpliceGather gather = writer.CreateGather(); gather.Add(new byte[3]); gather.Send();
                writer.Rent<Segments>();
                writer.Rent<int>();
                writer.RentUninitialized<Segments>();
                reader.Receive<Segments>();
                reader.TryReceive<Unmarked>();
                reader.ReceiveAsync<Segments>().AsTask().Wait();
            }
        }

        public struct Unmarked { public int Number; }

        public sealed class Segments { public int[] Numbers = []; }
        """;

    private const string UnmarkedRecords = """
        using VmSplice;

        public static class Feed
        {
            public static void Run(SpliceWriter writer, SpliceReader reader)
            {
                using (var written = new RecordWriter<Tick>(writer)) { written.Complete(); }
                using var ticks = new RecordReader<Tick>(reader);
                using (var more = Tick.CreateWriter(writer)) { more.Next().Id = 1; more.Complete(); }
                Tick.CreateReader(reader).ReadBatch();
                object frame = Frame.Rent(writer);
            }
        }

        public struct Tick { public int Id; }

        public sealed class Frame { }
        """;

    private const string Roslyn = """
        <Reference Include="$(RoslynTargetsPath)/bincore/Microsoft.CodeAnalysis.dll" Private="false" />
        <Reference Include="$(RoslynTargetsPath)/bincore/Microsoft.CodeAnalysis.CSharp.dll" Private="false" />
        """;

    private const string OtherGenerator = """
        using Microsoft.CodeAnalysis;

        [Generator]
        public sealed class ExtraFields : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context)
                => context.RegisterSourceOutput(context.CompilationProvider, static (output, _) => output.AddSource(
                    "Point.g.cs",
                    "partial struct Point { [System.Runtime.InteropServices.FieldOffset(8)] public long Extra; } "
                        + "partial struct Tick { public int Twice() => 2 * Id; }"));
        }
        """;

    private const string TwoGenerators = """
        using System.Runtime.InteropServices;
        using VmSplice;

        [Spliceable, StructLayout(LayoutKind.Explicit)]
        public partial struct Point { [FieldOffset(0)] public long At; }

        [Spliceable]
        public partial struct Tick { public int Id; }
        """;

    public static IReadOnlyList<ConsumerRow> All { get; } =
    [
        // The project that others have the package through.
        new("Library") { Source = "[VmSplice.Spliceable] public partial struct Price { public long Cents; }" },

        // Framework, language and compiler.
        new("OldFramework",
            "error VMS0001: VmSplice.Generators needs net10.0 or later; 'OldFramework' targets 'net8.0'. Set <TargetFramework>net10.0</TargetFramework>")
        {
            // No implicit references, so that the test needs no reference assemblies of .NET 8.
            Properties = "<TargetFramework>net8.0</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>",
        },
        new("OldLanguage",
            "error VMS0002: VmSplice.Generators writes C# 14; 'OldLanguage' is compiled as C# 12.0. Remove <LangVersion>") { Properties =
                "<LangVersion>12.0</LangVersion>" },
        new("OldCompiler",
            "error VMS0004: VmSplice.Generators needs the compiler of the .NET 10 SDK, Roslyn 5.0 or later; 'OldCompiler' is compiled by Roslyn 4.14,")
        {
            Last = OldRoslyn,
        },
        new("Fs", "warning VMS0007: The generator and the rules of VmSplice.Generators are for C#; 'Fs' is written in F#,") { Extension = "fs",
            Source = "module Library" },
        new("Vb", "warning VMS0007: The generator and the rules of VmSplice.Generators are for C#; 'Vb' is written in VB,") { Extension = "vb" },

        // Settings.
        new("NoSuchMode",
            "error VMS0003: VmSpliceAnalysisMode is 'Hard'. It can be Default, Strict or Relaxed.") { Properties =
                "<VmSpliceAnalysisMode>Hard</VmSpliceAnalysisMode>" },
        new("NoSuchSwitch",
            "error VMS0003: VmSpliceGenerators is 'never'. It can be true or false.") { Properties = "<VmSpliceGenerators>never</VmSpliceGenerators>" },
        new("ModeAsWritten", "error VMS4001: ") { Properties = "<VmSpliceAnalysisMode>Strict</VmSpliceAnalysisMode>", Source = Ignored },
        new("ModeInLowerCase", "error VMS4001: ") { Properties = "<VmSpliceAnalysisMode>strict</VmSpliceAnalysisMode>", Source = Ignored },
        new("ModeInUpperCase", "error VMS4001: ") { Properties = "<VmSpliceAnalysisMode>STRICT</VmSpliceAnalysisMode>", Source = Ignored },
        new("ModeSetLast", "error VMS4001: ") { Last = "<PropertyGroup><VmSpliceAnalysisMode>Strict</VmSpliceAnalysisMode></PropertyGroup>", Source = Ignored },
        new("ModeDefault", "warning VMS4001: ") { Properties = "<VmSpliceAnalysisMode>default</VmSpliceAnalysisMode>", Source = Ignored },
        new("ModeRelaxed") { Properties = "<VmSpliceAnalysisMode>rELAXED</VmSpliceAnalysisMode>", Source = Ignored },
        new("SwitchInUpperCase") { Properties = "<VmSpliceGenerators>FALSE</VmSpliceGenerators>", Source = Ignored },
        new("SwitchSetLast") { Last = "<PropertyGroup><VmSpliceGenerators>false</VmSpliceGenerators></PropertyGroup>", Source = Ignored },

        // Assets.
        // The SDK takes the analyzers of a package all the same.
        new("AnalyzersExcluded", "warning VMS4001: ") { Items = ConsumerRow.Reference("""ExcludeAssets="analyzers" """), Source = Ignored },
        new("AnalyzersRemoved", "error VMS0004: The generator and the rules of VmSplice.Generators do not reach the compiler in 'AnalyzersRemoved'")
        {
            Last = """<Target Name="Tidy" AfterTargets="ResolveAssemblyReferences"><ItemGroup><Analyzer Remove="@(Analyzer)" /></ItemGroup></Target>""",
        },
        new("NoTypes", "error VMS0005: The types of VmSplice.Generators do not reach the compiler in 'NoTypes'") { Items =
            ConsumerRow.Reference("""IncludeAssets="runtime; build; analyzers" """), Source = Ignored },
        new("NoTypesEither", "error VMS0005: The types of VmSplice.Generators do not reach the compiler in 'NoTypesEither'")
        {
            Items = ConsumerRow.Reference("""IncludeAssets="runtime; buildTransitive; analyzers" """),
            Source = Ignored,
        },
        new("Global", "error VMS0005: The types of VmSplice.Generators do not reach the compiler in 'Global'")
        {
            CentralPackages = """<GlobalPackageReference Include="VmSplice.Generators" Version="$(VmSpliceVersion)" />""",
            Items = "",
            Source = Ignored,
        },
        new("ProgramWithoutRuntime", "error VMS0006: VmSplice.dll does not reach the output of 'ProgramWithoutRuntime'")
        {
            Properties = Program,
            Items = ConsumerRow.Reference("""ExcludeAssets="runtime" """),
            Source = Main,
        },
        new("LibraryWithoutRuntime",
            "warning VMS0006: An application that uses the library 'LibraryWithoutRuntime' does not get VmSplice.dll") { Items =
                ConsumerRow.Reference("""ExcludeAssets="Runtime" """) },
        new("PrivateAll",
            "warning VMS0006: An application that uses the library 'PrivateAll' does not get VmSplice.dll") { Items =
                ConsumerRow.Reference("""PrivateAssets="all" """) },
        new("PrivateRuntime",
            "warning VMS0006: An application that uses the library 'PrivateRuntime' does not get VmSplice.dll") { Items =
                ConsumerRow.Reference("""PrivateAssets="compile; Runtime" """) },
        new("PrivateCompile") { Items = ConsumerRow.Reference("""PrivateAssets="compile;analyzers" """) },
        new("PrivateInProgram") { Properties = Program, Items = ConsumerRow.Reference("""PrivateAssets="all" """), Source = Main },
        new("PrivateInPlugin") { Properties = "<EnableDynamicLoading>true</EnableDynamicLoading>", Items = ConsumerRow.Reference("""PrivateAssets="all" """) },
        new("PrivateOnPurpose") { Properties = "<NoWarn>$(NoWarn);VMS0006</NoWarn>", Items = ConsumerRow.Reference("""PrivateAssets="all" """) },

        // Systems.
        For("Windows", "win-x64",
            "warning VMS0008: VmSplice.Generators runs on 64-bit Linux; 'Windows' is built for win-x64, "
                + "where its first call throws PlatformNotSupportedException."),
        For("MacOs", "osx-arm64", "warning VMS0008: "),
        For("Arm32", "linux-musl-arm", "warning VMS0008: "),
        For("Linux", "linux-x64"),
        For("Alpine", "linux-musl-arm64"),
        new("WindowsFramework", "warning VMS0008: VmSplice.Generators runs on 64-bit Linux; 'WindowsFramework' is built for Windows,")
        {
            // What net10.0-windows sets, without its reference assemblies.
            Last = """
                <Target Name="AsThere" BeforeTargets="_VmSpliceLook">
                  <PropertyGroup><TargetPlatformIdentifier>Windows</TargetPlatformIdentifier></PropertyGroup>
                </Target>
                """,
        },
        new("WindowsOnPurpose") { Properties = "<RuntimeIdentifier>win-x64</RuntimeIdentifier><NoWarn>$(NoWarn);VMS0008</NoWarn>" },

        // Those that have the package through a library, and use nothing of it.
        new("PassesBy") { Properties = Program, Items = ThroughLibrary, Source = Main },
        new("PassesByInCSharp12") { Properties = Program + "<LangVersion>12.0</LangVersion>", Items = ThroughLibrary, Source = Main },
        new("PassesByWithOldCompiler") { Properties = Program, Items = ThroughLibrary, Source = Main, Last = OldRoslyn },
        new("PassesByInFs") { Items = ThroughLibrary, Extension = "fs", Source = "module Library" },
        new("PassesByInVb") { Items = ThroughLibrary, Extension = "vb" },
        For("PassesByOnWindows", "win-x64") with { Items = ThroughLibrary },
        new("PassesByWithoutAnalyzers")
        {
            Properties = Program,
            Items = ThroughLibrary,
            Source = Main,
            Last = """<Target Name="Tidy" AfterTargets="ResolveAssemblyReferences"><ItemGroup><Analyzer Remove="@(Analyzer)" /></ItemGroup></Target>""",
        },

        // Behind an alias everything is there as well: generated code that compiles, and rules that see the misuse.
        new("Aliased", "error VMS2001: ") { Items = ConsumerRow.Reference("""Aliases="vms" """), Source = Aliased },

        // The compiler's word for what is not spliceable: one sentence of ours with the way out, on the line of each.
        new("Unmarked",
            [.. Enumerable.Range(8, 12).Select(line => SentenceAt(line, "Sending gives memory away")),
                .. Enumerable.Range(20, 3).Select(line => SentenceAt(line, "Elements are rented with a length")),
                .. Enumerable.Range(23, 3).Select(line => SentenceAt(line, "Only a class of segments marked"))])
        {
            Source = Mistakes,
        },

        // The kind of an end where its options are wanted, for all ways to open one.
        new(
            "KindForOptions",
            [
                .. new[] { 7, 8 }.Select(
                    line => ErrorAt(line, @"CS0619: .*: 'The kind of reader is one of the options: new\(\) \{ Reader = PipeReaderKind.Copying \}\.'")),
                ErrorAt(9, @"CS0619: .*: 'The kind of sender is one of the options: new\(\) \{ Sender = PipeSenderKind.Immutable \}\.'"),
            ])
        {
            Source = """
                using VmSplice;

                public static class Ends
                {
                    public static void Open(SplicePipe pipe, string fifo)
                    {
                        using SpliceWriter own = pipe.OpenWriter(PipeReaderKind.Copying);
                        using SpliceWriter named = SpliceWriter.OpenFifo(fifo, PipeReaderKind.Copying);
                        using SpliceReader reader = pipe.OpenReader(PipeSenderKind.Immutable);
                    }
                }
                """,
        },

        // The compiler's word about a constraint or a member, and beside it ours with the way out.
        new(
            "UnmarkedRecords",
            [
                .. new[] { 7, 8 }.SelectMany(line => new[] { ErrorAt(line, "CS0315: "), ErrorAt(line, "VMS1012: 'Tick' is not marked") }),
                .. new[] { 9, 10 }.SelectMany(line => new[] { ErrorAt(line, "CS0117: "), ErrorAt(line, "VMS1012: 'Tick' is not marked") }),
                ErrorAt(11, @"CS\d+: "), ErrorAt(11, "VMS1012: 'Frame' is not marked"),
            ])
        {
            Source = UnmarkedRecords,
        },

        // A generator beside ours: fields that it adds are an error at the user's type, a method is none.
        new("OtherGenerator") { Items = Roslyn, Source = OtherGenerator },
        new("TwoGenerators",
            "error VMS1010: The layout of 'Point' was generated without 'Extra', which another source generator adds: no generator sees another's output; "
                + "declare the fields yourself")
        {
            Items = ConsumerRow.Reference("")
                + """<ProjectReference Include="../OtherGenerator/OtherGenerator.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""",
            Source = TwoGenerators,
        },

        // A layout file beside the project is found, and given once where the project gives it too.
        new("LayoutFile", $"error {GonePrice}")
        {
            Layouts = "Order 1: 16 bytes, 0f1e2d3c4b5a6978\n    0 long Id\n    8 double Price\n",
            Source = "[VmSplice.Spliceable] public partial struct Order { public long Id; }",
        },
        new("LayoutFileByHand", $"error {GonePrice}")
        {
            Items = ConsumerRow.Reference("") + """<AdditionalFiles Include="VmSplice.Layouts.txt" />""",
            Layouts = "Order 1: 16 bytes, 0f1e2d3c4b5a6978\n    0 long Id\n    8 double Price\n",
            Source = "[VmSplice.Spliceable] public partial struct Order { public long Id; }",
        },
        new("LayoutFileRelaxed", $"error {GonePrice}", "warning VMS1013: 'Tick' is not in VmSplice.Layouts.txt")
        {
            Properties = "<VmSpliceAnalysisMode>Relaxed</VmSpliceAnalysisMode>",
            Layouts = "Order 1: 16 bytes, 0f1e2d3c4b5a6978\n    0 long Id\n    8 double Price\n",
            Source = "[VmSplice.Spliceable] public partial struct Order { public long Id; }" + Tick,
        },

        // The preview of C#'s memory-safety rules is on: Consumers/MemorySafety, which says unsafe where these want it, would not show that.
        new("MemorySafety", "error CS9363: 'IoVec.IoVec(void*, nuint)' must be used in an unsafe context")
        {
            Properties =
                "<LangVersion>preview</LangVersion><Features>$(Features);updated-memory-safety-rules</Features><AllowUnsafeBlocks>true</AllowUnsafeBlocks>",
            Source = "using VmSplice; public static class Segments { public static IoVec Of(nint address) => new((void*)address, 8); }",
        },

        // The same, where only the runtime types are wanted.
        new("RuntimeInFs") { Properties = "<VmSpliceGenerators>false</VmSpliceGenerators>", Extension = "fs", Source = "module Library" },
        new("RuntimeWithOldCompiler") { Properties = "<VmSpliceGenerators>false</VmSpliceGenerators>", Source = Ignored, Last = OldRoslyn },
        new("RuntimeWithoutAnalyzers") { Properties = "<VmSpliceGenerators>false</VmSpliceGenerators>",
            Items = ConsumerRow.Reference("""ExcludeAssets="analyzers" """), Source = Ignored },
    ];

    private static string ErrorAt(int line, string message) => string.Create(CultureInfo.InvariantCulture, $@"Source\.cs\({line},\d+\): error {message}");

    private static string SentenceAt(int line, string sentence)
        => string.Create(CultureInfo.InvariantCulture, $@"Source\.cs\({line},\d+\): error CS0619: 'NotSpliceable\..*' is obsolete: '{sentence}");

    /// <summary>A program for a system. It has no executable beside its DLL, for which the SDK would need a package.</summary>
    private static ConsumerRow For(string name, string runtimeIdentifier, params string[] messages) => new(name, messages)
    {
        Properties = $"{Program}<RuntimeIdentifier>{runtimeIdentifier}</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost>",
        Source = Main,
    };
}
