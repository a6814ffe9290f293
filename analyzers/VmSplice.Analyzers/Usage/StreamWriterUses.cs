using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Usage;

/// <summary>What a body does with the local variable of a writer, as far as the end of its stream is concerned.</summary>
internal sealed class StreamWriterUses
{
    /// <summary>How many methods and names the writer is followed through.</summary>
    private const int MaxDepth = 3;

    private StreamWriterUses()
    {
    }

    /// <summary>Whether somebody completes the stream, on some path.</summary>
    public bool Completes { get; private set; }

    /// <summary>Whether the writer is handed to somebody who may complete its stream, now or later.</summary>
    public bool Escapes { get; private set; }

    public bool Disposes { get; private set; }

    public bool Flushes { get; private set; }

    /// <summary>Whether spliceable buffers are sent in a loop.</summary>
    public bool SendsBuffersInLoop { get; private set; }

    /// <summary>Looks at all uses of a variable.</summary>
    /// <param name="writer">The variable.</param>
    /// <param name="scope">Where it can be used.</param>
    /// <param name="model">What names mean.</param>
    /// <param name="symbols">The runtime's types.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static StreamWriterUses Of(ILocalSymbol writer, SyntaxNode scope, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
    {
        var uses = new StreamWriterUses();
        uses.AddAll(writer, scope, model, symbols, MaxDepth, cancellation);
        return uses;
    }

    private void AddAll(ISymbol writer, SyntaxNode scope, SemanticModel model, RuntimeSymbols symbols, int depth, CancellationToken cancellation)
    {
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == writer.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, writer))
            {
                Add(name, scope, model, symbols, depth, cancellation);
                if (Completes || Escapes)
                {
                    break;
                }
            }
        }
    }

    private void Add(IdentifierNameSyntax use, SyntaxNode scope, SemanticModel model, RuntimeSymbols symbols, int depth, CancellationToken cancellation)
    {
        if (use.Parent is MemberAccessExpressionSyntax access && access.Expression == use)
        {
            if (access.Parent is InvocationExpressionSyntax call && call.Expression == access)
            {
                AddCall(call, scope, model, symbols, cancellation);
                return;
            }

            // A method that is not called may be called by anybody; a descriptor may be written to.
            Escapes |= model.GetSymbolInfo(access, cancellation).Symbol is not IPropertySymbol { Name: not "Handle" };
            return;
        }

        if (depth > 0 && use.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax copy }
            && model.GetDeclaredSymbol(copy, cancellation) is ILocalSymbol other)
        {
            // Another name for it.
            AddAll(other, scope, model, symbols, depth - 1, cancellation);
            return;
        }

        if (use.Parent is ArgumentSyntax copied && RecordCopyCall.IsTarget(copied, model, symbols, cancellation))
        {
            // All that is copied is sent, and not the end.
            Flushes = true;
            return;
        }

        if (use.Parent is ArgumentSyntax argument && !IsRentOfBuffer(argument, model, symbols, cancellation))
        {
            AddCallee(argument, model, symbols, depth, cancellation);
            return;
        }

        Escapes |= use.Parent is not ArgumentSyntax;
    }

    /// <summary>A method whose text is in this file, and runs whoever is behind the call: what it does with the writer.</summary>
    private void AddCallee(ArgumentSyntax argument, SemanticModel model, RuntimeSymbols symbols, int depth, CancellationToken cancellation)
    {
        if (depth > 0 && model.GetOperation(argument, cancellation) is IArgumentOperation { Parameter: { RefKind: RefKind.None
            or RefKind.In } parameter, Parent: IInvocationOperation { TargetMethod: { IsVirtual: false, IsOverride: false, IsAbstract: false } method } }
            && method.OriginalDefinition.DeclaringSyntaxReferences is { Length: 1 } declared && declared[0].SyntaxTree == model.SyntaxTree
            && declared[0].GetSyntax(cancellation) is var body && body is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
        {
            AddAll(parameter.OriginalDefinition, body, model, symbols, depth - 1, cancellation);
            return;
        }

        Escapes = true;
    }

    private void AddCall(InvocationExpressionSyntax node, SyntaxNode scope, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
    {
        if (model.GetOperation(node, cancellation) is not IInvocationOperation call
            || symbols.Of(call.TargetMethod.ContainingType) is not (SpliceType.RecordWriter or SpliceType.SpliceWriter))
        {
            // An extension of the user's own may do anything with it.
            Escapes = true;
            return;
        }

        switch (call.TargetMethod.Name)
        {
            case "Complete" or "CompleteAsync" or "CompleteBuffers" or "CompleteBuffersAsync":
                Completes = true;
                break;
            case "Dispose" or "DisposeAsync":
                Disposes = true;
                break;
            case "Flush" or "FlushAsync":
                Flushes = true;
                break;
            case "AsStream" or "AsPipeWriter" or "CreateGather":
                Escapes = true;
                break;
            case "Send" or "SendAsync" or "Gift" or "GiftAsync" when SendsBuffer(call, symbols):
                SendsBuffersInLoop |= IsInLoop(node, scope);
                break;
        }
    }

    /// <summary>Whether what is sent is a spliceable buffer, and not elements.</summary>
    private static bool SendsBuffer(IInvocationOperation call, RuntimeSymbols symbols)
        => call.TargetMethod is { IsGenericMethod: true, OriginalDefinition.Parameters: { IsEmpty: false } parameters }
            && parameters[0].Type is ITypeParameterSymbol
            && symbols.Of(call.TargetMethod.TypeArguments[0]) == SpliceType.PageBuffer;

    private static bool IsInLoop(SyntaxNode node, SyntaxNode scope)
        => node.Ancestors().TakeWhile(one => one != scope)
            .Any(one => one is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    /// <summary>The generated <c>Frame.Rent(writer)</c>, which keeps no more than the pages do.</summary>
    private static bool IsRentOfBuffer(ArgumentSyntax argument, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
        => argument.Parent?.Parent is InvocationExpressionSyntax call
            && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { IsStatic: true, Name: "Rent" } method
            && symbols.Of(method.ContainingType) == SpliceType.PageBuffer;
}
