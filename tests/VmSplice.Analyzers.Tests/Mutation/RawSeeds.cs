using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Tests.Mutation;

/// <summary>Mistakes with the raw call and with the shape of a gift.</summary>
internal static class RawSeeds
{
    public static IEnumerable<Seed> Of(SyntaxNode root, SemanticModel model)
    {
        foreach (MemberDeclarationSyntax member in root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(one => one is BaseMethodDeclarationSyntax))
        {
            InvocationExpressionSyntax[] calls = [.. member.DescendantNodes().OfType<InvocationExpressionSyntax>()];
            InvocationExpressionSyntax[] raw = [.. calls.Where(IsRawCall)];
            bool gifts = raw.Any(call => call.ToString().Contains("GIFT", StringComparison.OrdinalIgnoreCase));
            ExpressionSyntax[] addresses = [.. Addresses(member)];
            IEnumerable<Seed> seeds = raw.SelectMany(call => InFlight(root, member, call, addresses, model)).Concat(raw.SelectMany(call => Count(root, call)));
            seeds = raw.Length == 0 ? seeds : seeds.Concat(Segments(root, member));
            seeds = gifts ? seeds.Concat(Shape(root, member, addresses, model)) : seeds;
            seeds = calls.Any(call => call.Expression.ToString().EndsWith(".Gift", StringComparison.Ordinal))
                ? seeds.Concat(GiftedLength(root, member, calls)) : seeds;
            foreach (Seed seed in seeds)
            {
                yield return seed;
            }
        }
    }

    /// <summary>Whether a file is worth compiling: something in it sends or reads.</summary>
    public static bool MayHold(SyntaxNode root)
        => root.DescendantTokens().Any(token => token.ValueText is "Send" or "Gift" or "Next" or "ReadBatch" or "VmSplice" or "vmsplice");

    private static bool IsRawCall(InvocationExpressionSyntax call)
        => call.Expression.ToString() is "RawPipe.VmSplice" or "Libc.vmsplice" or "vmsplice";

    /// <summary>What segments are given as their address.</summary>
    private static IEnumerable<ExpressionSyntax> Addresses(SyntaxNode member)
        => member.DescendantNodes().Select(node => node switch
        {
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "IoVec" }, ArgumentList.Arguments: [{ } address, _] } =>
                address.Expression,
            AssignmentExpressionSyntax assignment when LastName(assignment.Left) is "iov_base" or "Base" => assignment.Right,
            _ => null,
        }).OfType<ExpressionSyntax>();

    private static IEnumerable<ExpressionSyntax> Lengths(SyntaxNode member)
        => member.DescendantNodes().Select(node => node switch
        {
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "IoVec" }, ArgumentList.Arguments: [_, { } length] } =>
                length.Expression,
            AssignmentExpressionSyntax assignment when LastName(assignment.Left) is "iov_len" or "Length" => assignment.Right,
            _ => null,
        }).OfType<ExpressionSyntax>();

    /// <summary>What an address is computed from: the pointer, not the offset.</summary>
    private static ExpressionSyntax Base(ExpressionSyntax address) => address switch
    {
        BinaryExpressionSyntax sum => Base(sum.Left),
        CastExpressionSyntax cast => Base(cast.Expression),
        ParenthesizedExpressionSyntax inner => Base(inner.Expression),
        _ => address,
    };

    private static string LastName(ExpressionSyntax expression)
        => expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : expression.ToString();

    private static IEnumerable<Seed> InFlight(
        SyntaxNode root, SyntaxNode member, InvocationExpressionSyntax call, ExpressionSyntax[] addresses, SemanticModel model)
    {
        // After a return there is nothing; an arrow has no statement.
        if (call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || statement is ReturnStatementSyntax || !member.Contains(statement)
            || call.Ancestors().TakeWhile(node => node != statement).Any(node => node is AnonymousFunctionExpressionSyntax))
        {
            yield break;
        }

        IEnumerable<string> pointers = addresses
            .Select(Base)
            .OfType<IdentifierNameSyntax>()
            .Where(name => model.GetTypeInfo(name).Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr })
            .Select(name => name.Identifier.ValueText)
            .Distinct();
        foreach (string pointer in pointers)
        {
            yield return Seed.Around("write to memory in flight", root, statement, "", $"*(byte*){pointer} = 1;");
        }
    }

    private static IEnumerable<Seed> Count(SyntaxNode root, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments is [_, _, { Expression: LiteralExpressionSyntax count }, _])
        {
            yield return Seed.Replace("add segments beyond IOV_MAX", root, count, Seed.Expression("1025"));
        }
    }

    private static IEnumerable<Seed> Segments(SyntaxNode root, SyntaxNode member)
    {
        foreach (SyntaxNode node in member.DescendantNodes())
        {
            if (node is ArrayTypeSyntax { ElementType: IdentifierNameSyntax { Identifier.ValueText: "IoVec" },
                RankSpecifiers: [{ Sizes: [LiteralExpressionSyntax size] }] })
            {
                yield return Seed.Replace("add segments beyond IOV_MAX", root, size, Seed.Expression("2000"));
            }
            else if (node is MemberAccessExpressionSyntax access && access.ToString() == "RawPipe.IovMax"
                && access.Parent is ArgumentSyntax or BinaryExpressionSyntax)
            {
                yield return Seed.Replace("add segments beyond IOV_MAX", root, access, Seed.Expression("4096"));
            }
            else if (node is LiteralExpressionSyntax { Token.ValueText: "1024" or "512" } bound
                && bound.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } guard
                && guard.ToString().StartsWith("Math.Min", StringComparison.Ordinal) | guard.ToString()
                    .Contains("ThrowIfGreaterThan", StringComparison.Ordinal))
            {
                yield return Seed.Replace("add segments beyond IOV_MAX", root, bound, Seed.Expression("4096"));
            }
        }
    }

    private static IEnumerable<Seed> Shape(SyntaxNode root, SyntaxNode member, ExpressionSyntax[] addresses, SemanticModel model)
    {
        foreach (ExpressionSyntax address in addresses)
        {
            string shifted = model.GetTypeInfo(address).Type is IPointerTypeSymbol ? $"(byte*)({address}) + 1" : $"({address}) + 1";
            yield return Seed.Replace("drop the alignment of the address", root, address, Seed.Expression(shifted));
        }

        foreach (ExpressionSyntax length in Lengths(member))
        {
            yield return Seed.Replace("shorten the length by one", root, length, Seed.Expression($"({length}) - 1"));
        }
    }

    private static IEnumerable<Seed> GiftedLength(SyntaxNode root, SyntaxNode member, InvocationExpressionSyntax[] calls)
    {
        foreach (InvocationExpressionSyntax rent in calls)
        {
            if (rent.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Rent" or "Allocate" }
                && rent.ArgumentList.Arguments is [{ Expression: { } length }])
            {
                yield return Seed.Replace("shorten the length by one", root, length, Seed.Expression($"({length}) - 1"));
            }
        }

        foreach (BinaryExpressionSyntax rounded in member.DescendantNodes().OfType<BinaryExpressionSyntax>())
        {
            ExpressionSyntax? bare = rounded switch
            {
                { RawKind: (int)SyntaxKind.MultiplyExpression, Left: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } divided } =>
                    divided.Left,
                { RawKind: (int)SyntaxKind.BitwiseAndExpression, Right: PrefixUnaryExpressionSyntax } => rounded.Left,
                _ => null,
            };
            if (bare is not null)
            {
                yield return Seed.Replace("drop the rounding of the length", root, rounded, bare);
            }
        }
    }
}
