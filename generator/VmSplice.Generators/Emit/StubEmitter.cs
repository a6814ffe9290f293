using Microsoft.CodeAnalysis.Text;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Emit;

/// <summary>Writes members that only throw, for a type that breaks a rule.</summary>
internal static class StubEmitter
{
    private const string Field = "__pages";

    public static SourceText Emit(StubModel stub)
        => GeneratedFile.Emit(
            $"A stub for {stub.FullName}, which breaks a rule: it lets its users compile, so that the build says which rule.",
            stub.Namespace,
            stub.Aliases,
            stub.Declarations,
            code => Write(code, stub));

    private static void Write(CodeWriter code, StubModel stub)
    {
        TypeDeclaration self = stub.Declarations[stub.Declarations.Count - 1];
        string fail = "throw new global::System.InvalidOperationException("
            + $"\"'{stub.FullName}' is not spliceable; an error VMS1xxx at its declaration says why.\")";
        string contract = stub.Contract switch
        {
            StubContract.Record => $"{code.Runtime}.ISpliceable<{self.Name}>",
            StubContract.Buffer => $"{code.Runtime}.ISpliceableBuffer<{self.Name}>",
            _ => "",
        };
        code.Open($"{self.Keywords} {self.Name}{(contract.Length == 0 ? "" : " : " + contract)}");
        switch (stub.Contract)
        {
            case StubContract.Record:
                WriteRecord(code, stub, self.Name, contract, fail);
                break;
            case StubContract.Buffer:
                WriteBuffer(code, stub, self.Name, contract, fail);
                break;
        }

        for (int i = 0; i < stub.Properties.Count; i++)
        {
            if (i > 0 || stub.Contract != StubContract.None)
            {
                code.Line();
            }

            StubProperty property = stub.Properties[i];
            if (!property.IsPart)
            {
                code.Line(GeneratedFile.Mark);
            }

            code.Open(property.Head);
            foreach (string accessor in property.Accessors)
            {
                code.Line($"{accessor} => {fail};");
            }

            code.Close();
        }

        code.Close();
    }

    private static void WriteRecord(CodeWriter code, StubModel stub, string name, string contract, string fail)
    {
        code.Line(GeneratedFile.Mark);
        code.Line($"static {code.Runtime}.CompilerServices.RecordLayout {contract}.Layout => {fail};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static bool {contract}.NeedsValidation => {fail};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static int {contract}.IndexOfInvalidField(ref readonly {name} record) => {fail};");
        FactoryEmitter.Write(code, name, stub.Factories);
    }

    private static void WriteBuffer(CodeWriter code, StubModel stub, string name, string contract, string fail)
    {
        code.Line(GeneratedFile.Mark);
        code.Line($"private static {code.Runtime}.CompilerServices.BufferPages {Field} => {fail};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static {code.Runtime}.CompilerServices.BufferLayout {contract}.Layout => {fail};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"{code.Runtime}.CompilerServices.BufferPages {contract}.Pages => {Field};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static {name} {contract}.Create({code.Runtime}.CompilerServices.BufferPages pages) => {fail};");
        code.Line();
        code.Line(GeneratedFile.Mark);
        code.Line($"static int {contract}.IndexOfInvalidElement({code.Runtime}.CompilerServices.BufferPages pages, int segment) => {fail};");
        BufferMemberEmitter.Write(code, name, stub.Members, Field);
    }
}
