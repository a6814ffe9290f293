using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Usage;

/// <summary>What a body does with the local variable of a writer, as far as the end of its stream is concerned.</summary>
internal sealed class StreamWriterUses
{
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
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == writer.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, writer))
            {
                uses.Add(name, scope, model, symbols, cancellation);
                if (uses.Completes || uses.Escapes)
                {
                    break;
                }
            }
        }

        return uses;
    }

    private void Add(IdentifierNameSyntax use, SyntaxNode scope, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
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

        Escapes |= use.Parent is not ArgumentSyntax argument || !IsRentOfBuffer(argument, model, symbols, cancellation);
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
        => node.Ancestors().TakeWhile(one => one != scope).Any(one => one is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    /// <summary>The generated <c>Frame.Rent(writer)</c>, which keeps no more than the pages do.</summary>
    private static bool IsRentOfBuffer(ArgumentSyntax argument, SemanticModel model, RuntimeSymbols symbols, CancellationToken cancellation)
        => argument.Parent?.Parent is InvocationExpressionSyntax call
            && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { IsStatic: true, Name: "Rent" } method
            && symbols.Of(method.ContainingType) == SpliceType.PageBuffer;
}
