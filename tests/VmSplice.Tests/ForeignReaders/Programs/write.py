"""Writes streams to standard output as docs/protocol.md says, for tests that our readers understand a writer who knows nothing else.

write.py records COUNT PER_BLOCK MOST [abandon]     events of VmSplice.Tests.Texts.LogEvent
write.py buffers COUNT                              buffers of VmSplice.Tests.ForeignReaders.Note
"""

import struct
import sys


def fnv64(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2 ** 64
    return value


LEVEL = f"int of {fnv64('enum' + chr(10) + '0 Debug' + chr(10) + '1 Warning' + chr(10) + '2 Error' + chr(10)):016x}"
EVENT_SIZE = 40
EVENT = fnv64("40\n0 8 long Time\n8 8 text Message\n16 8 text Host\n"
              "24 8 list of {0 double Value; 8 int Number; 12 bool IsLast} at 1 Samples\n"
              f"32 4 {LEVEL} Level\n36 4 int Thread\n")
NOTE = fnv64(f"buffer\n8 long [1] Number\n4 {LEVEL} [0..5] Kinds\n2 char [0..40] Text\n1 bool [2] Flags\n")


class Tail:
    """Texts and lists of a block, from its end to its start."""

    def __init__(self, tag):
        self.tag, self.bytes = tag, b""

    def place(self, items, data):
        if not items:
            return bytes(8)
        self.bytes = data + self.bytes
        return struct.pack("<II", len(self.bytes), items | self.tag << 24)

    def behind(self, records):
        """The tail with its gap, so that the block is whole lines of 64 bytes."""
        return bytes(-(len(records) + len(self.bytes)) % 64) + self.bytes


def piece(records, first, tail=0, tag=0):
    return struct.pack("<4sIqIB43x", b"Blck", records, first, tail, tag)


def text_of(index, length):
    return bytes(b"abcdefghijklmnopqrstuvwxyz"[i] if i < 26 else ord("0") + (index + i) % 10 for i in range(length))


def event(index, most, tail):
    message = text_of(index, (0, 1, most, index * 7919 % (most + 1), index * 7919 % (most + 1))[index % 5])
    count = index % 4
    samples = b"".join(struct.pack("<dib", index + i / 4, i, i == count - 1) for i in range(count))
    host = b"host-%x" % index
    return struct.pack("<q8s8s8sii", index, tail.place(len(message), message), tail.place(len(host), host), tail.place(count, samples), index % 3, index)


def write_records(out, count, per_block, most, abandon):
    out.write(struct.pack("<8sHHIQ40x", b"VmSplice", 1, 0, EVENT_SIZE, EVENT))
    for first in range(0, count, per_block):
        tail = Tail(first // per_block % 256)
        records = b"".join(event(i, most, tail) for i in range(first, min(first + per_block, count)))
        behind = tail.behind(records)
        out.write(piece(len(records) // EVENT_SIZE, first, len(behind), tail.tag) + records + behind)
    out.write(piece(0xFFFFFFFF if abandon else 0, count))


def write_buffers(out, count):
    for i in range(count):
        kinds, text = i % 6, i * 7 % 41
        out.write(struct.pack("<8sHHIQII32x", b"VmSplBuf", 1, 0, 2, NOTE, kinds, text) + struct.pack("<q", i) + struct.pack("<i", 2) * kinds
                  + struct.pack("<H", ord("a") + i) * text + bytes([i % 2 == 0, 0]))
    out.write(struct.pack("<8sH54x", b"VmSplEnd", 1))


if sys.argv[1] == "records":
    write_records(sys.stdout.buffer, int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), "abandon" in sys.argv)
else:
    write_buffers(sys.stdout.buffer, int(sys.argv[2]))
