"""Reads many streams with samples/Readers/read.py, and says of each which fault it has and how many rows were good, as verdicts.c does."""

import io
import struct
import sys

import read

options = read.parse_options(sys.argv[1:])
out = io.BytesIO()
while length := sys.stdin.buffer.read(4):
    stream = io.BytesIO(sys.stdin.buffer.read(struct.unpack("<I", length)[0]))
    out.seek(0)
    try:
        print("None", read.read_streams(options, read.Source(stream.read), out))
    except read.Fault as fault:
        print(fault.kind, fault.rows)
