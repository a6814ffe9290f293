// Two processes: the parent sends one of everything to itself, started anew, and compares the answer with what it sent.
return args.Length == 0 ? await Parent.RunAsync().ConfigureAwait(false) : await Child.RunAsync().ConfigureAwait(false);
