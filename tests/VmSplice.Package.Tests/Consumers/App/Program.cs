using Contracts;
using VmSplice;

using SplicePipe pipe = SplicePipe.Create();
using (RecordWriter<Price> prices = Price.CreateWriter(pipe.OpenWriter()))
{
    prices.Next().Cents = 10125;
    prices.Complete();
}

using RecordReader<Price> received = Price.CreateReader(pipe.OpenReader());
foreach (ref readonly Price price in received)
{
    Console.WriteLine(price.Cents);
}
