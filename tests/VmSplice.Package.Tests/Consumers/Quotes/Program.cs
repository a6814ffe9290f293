using Contracts;
using VmSplice;

using SplicePipe pipe = SplicePipe.Create();
using (RecordWriter<Quote> quotes = Quote.CreateWriter(pipe.OpenWriter()))
{
    ref Quote quote = ref quotes.Next();
    quote.Bid.Cents = 10125;
    quote.Ask.Cents = 10150;
    quotes.Complete();
}

using RecordReader<Quote> received = Quote.CreateReader(pipe.OpenReader());
foreach (ref readonly Quote quote in received)
{
    Console.WriteLine(quote.Ask.Cents - quote.Bid.Cents);
}

/// <summary>A record of this project made of records of another.</summary>
[Spliceable]
internal partial struct Quote
{
    public Price Bid;
    public Price Ask;
}
