// The build ends before this is compiled.
