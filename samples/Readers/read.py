#!/usr/bin/env python3
"""Reads a stream of VmSplice.Generators from standard input, checks all of it and prints it as a table.

Written from docs/protocol.md alone; needs nothing but Python 3. See README.md beside this file.
"""

import argparse
import math
import os
import struct
import sys
import uuid

HEADER = 64
MOST_BLOCK = 1 << 30
MOST_RECORD = (1 << 27) - 8
MOST_RECORD = (1 << 27) - 8
ABANDONED = 0xFFFFFFFF
AT_ONCE = 256 * 1024


class Fault(Exception):
    """A stream that must be refused; its kind is one of the six of the page."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Usage(Exception):
    """A command line that describes no record."""


def fnv64(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


# ---- types -------------------------------------------------------------------------------------------------------------------------
# Each has a size, an alignment, a wire type; `first_invalid` says what is wrong with the bytes at a place, `show` prints them.

class Number:
    #        name: wire type, size, struct code
    KINDS = {"i8": ("sbyte", 1, "b"), "u8": ("byte", 1, "B"), "i16": ("short", 2, "h"), "u16": ("ushort", 2, "H"),
             "i32": ("int", 4, "i"), "u32": ("uint", 4, "I"), "i64": ("long", 8, "q"), "u64": ("ulong", 8, "Q"),
             "i128": ("Int128", 16, ""), "u128": ("UInt128", 16, ""), "f16": ("Half", 2, "e"), "f32": ("float", 4, "f"),
             "f64": ("double", 8, "d"), "char": ("char", 2, "H"), "bool": ("bool", 1, "B"), "timespan": ("TimeSpan", 8, "q"),
             "guid": ("Guid", 16, "")}
    DIGITS = {"f16": ".5g", "f32": ".9g", "f64": ".17g"}

    def __init__(self, name):
        self.name = name
        self.wire, self.size, self.code = self.KINDS[name]
        self.alignment = 4 if name == "guid" else self.size

    def value(self, data, at):
        if self.code:
            return struct.unpack_from("<" + self.code, data, at)[0]
        raw = bytes(data[at:at + 16])
        return uuid.UUID(bytes_le=raw) if self.name == "guid" else int.from_bytes(raw, "little", signed=self.name == "i128")

    def is_any(self):
        return self.name != "bool"

    def first_invalid(self, data, at):
        return f"no valid bool ({data[at]})" if self.name == "bool" and data[at] > 1 else None

    def show(self, block, at):
        value = self.value(block.data, at)
        if self.name in self.DIGITS:
            return "nan" if math.isnan(value) else format(value, self.DIGITS[self.name])
        if self.name == "bool":
            return "true" if value else "false"
        return f"U+{value:04X}" if self.name == "char" else str(value)


class Enum:
    def __init__(self, kind, number, members):
        self.kind, self.number, self.members = kind, number, members
        self.size, self.alignment = number.size, number.alignment
        self.mask = (1 << 8 * number.size) - 1
        self.names = {}
        for name, value in members:
            self.names.setdefault(value, name)
        self.bits = 0
        for _, value in members:
            self.bits |= value & self.mask
        lines = [f"{value} {name}\n" for name, value in sorted(members, key=lambda one: (one[1], one[0].encode("utf-16-be")))]
        self.wire = number.wire + (" open" if kind == "open" else "" if not members else
                                   f" of {fnv64(kind + chr(10) + ''.join(lines)):016x}")

    def is_any(self):
        return self.kind == "open" or not self.members

    def first_invalid(self, data, at):
        value = self.number.value(data, at)
        if self.is_any() or (value in self.names if self.kind == "enum" else value & self.mask & ~self.bits == 0):
            return None
        return f"no member of the enum ({value})"

    def show(self, block, at):
        value = self.number.value(block.data, at)
        return self.names.get(value, str(value))


class Array:
    def __init__(self, element, length):
        self.element, self.length = element, length
        self.size, self.alignment = element.size * length, element.alignment
        base, dimensions = (element.base, element.dimensions) if isinstance(element, Array) else (element, "")
        self.base, self.dimensions = base, f"[{length}]" + dimensions
        self.wire = base.wire + self.dimensions

    def first_invalid(self, data, at):
        for i in range(self.length):
            wrong = self.element.first_invalid(data, at + i * self.element.size)
            if wrong:
                return wrong
        return None

    def show(self, block, at):
        return "[" + ",".join(self.element.show(block, at + i * self.element.size) for i in range(self.length)) + "]"


class Record:
    def __init__(self, fields, pack=16):
        self.fields = []  # name, type, place
        self.size, self.alignment = 0, 1
        for name, kind in fields:
            alignment = min(pack, kind.alignment)
            if self.size % alignment:
                raise Usage(f"{name} would lie at byte {self.size}, which is no multiple of {alignment}; say pack1 before the brace")
            self.fields.append((name, kind, self.size))
            self.size += kind.size
            self.alignment = max(self.alignment, alignment)
        if self.size % self.alignment:
            raise Usage(f"a record of {self.size} bytes would be padded to a multiple of {self.alignment}; say pack1 before the brace")
        if not 0 < self.size <= MOST_RECORD:
            raise Usage(f"a record has 1 to {MOST_RECORD} bytes, not {self.size}")
        self.wire = "{" + "; ".join(f"{place} {kind.wire} {name}" for name, kind, place in self.fields) + "}"

    def is_any(self):
        return True  # as an item: it is checked by itself

    def leaves(self, path="", start=0):
        for name, kind, place in self.fields:
            if isinstance(kind, Record):
                yield from kind.leaves(path + name + ".", start + place)
            else:
                yield path + name, kind, start + place

    def fingerprint(self):
        return fnv64(f"{self.size}\n" + "".join(f"{at} {kind.size} {kind.wire} {name}\n" for name, kind, at in self.leaves()))

    def first_invalid(self, data, at):
        for name, kind, place in self.fields:
            wrong = kind.first_invalid(data, at + place)
            if wrong:
                return f"{name}: {wrong}"
        return None

    def show(self, block, at):
        return "{" + ",".join(kind.show(block, at + place) for _, kind, place in self.fields) + "}"


def natural(kind):
    """The alignment that a type has where no pack makes it less."""
    if isinstance(kind, Record):
        return max(natural(field) for _, field, _ in kind.fields)
    return natural(kind.element) if isinstance(kind, Array) else kind.alignment


class Tailed:
    """A text, or a list of items: a place in the tail of the block."""

    size, alignment = 8, 4

    def __init__(self, item=None):
        self.item = item
        self.item_size, self.item_alignment = (item.size, item.alignment) if item else (1, 1)
        self.wire = f"list of {item.wire}" + (f" at {item.alignment}" if item.alignment < natural(item) else "") if item else "text"

    def first_invalid(self, data, at):
        return None  # its place is checked behind the values of the whole record

    def items(self, block, at):
        """Where the first item lies and how many there are; a text that says what is wrong with the place instead."""
        from_end, packed = struct.unpack_from("<II", block.data, at)
        count, tag = packed & 0xFFFFFF, packed >> 24
        if from_end == packed == 0:
            return 0, 0
        if tag != block.tag:
            return f"its place has the tag {tag}, its block {block.tag}"
        if count == 0:
            return "its place has no items"
        if from_end > block.tail:
            return f"its place is {from_end} bytes from the end of a block with {block.tail} bytes of texts and lists"
        if count * self.item_size > from_end:
            return f"its {count} items of {self.item_size} bytes reach beyond the block, from {from_end} bytes before its end"
        if from_end % self.item_alignment:
            return f"its place, {from_end} bytes from the end, is no multiple of {self.item_alignment}"
        return len(block.data) - from_end, count

    def wrong_place(self, block, at):
        found = self.items(block, at)
        if isinstance(found, str):
            return found
        start, count = found
        if isinstance(self.item, Record):
            for i in range(count):
                wrong = self.item.first_invalid(block.data, start + i * self.item_size)
                if wrong:
                    return f"item {i}: {wrong}"
        return None

    def show(self, block, at):
        start, count = self.items(block, at)
        if self.item:
            return "[" + ",".join(self.item.show(block, start + i * self.item_size) for i in range(count)) + "]"
        return show_text(block.data[start:start + count])


class Block:
    """Records with what lies behind them, or what stands for that where there is none."""

    def __init__(self, data, tail=0, tag=0):
        self.data, self.tail, self.tag = data, tail, tag


def show_text(data):
    shown = bytearray()
    for byte in data:
        if byte == 0x5C or byte < 0x20 or byte == 0x7F:
            shown += {0x5C: b"\\\\", 9: b"\\t", 10: b"\\n", 13: b"\\r"}.get(byte, b"\\x%02x" % byte)
        else:
            shown.append(byte)
    return shown.decode("utf-8", "surrogateescape")


# ---- the command line's types --------------------------------------------------------------------------------------------------------

class TypeParser:
    """i32, u8[4], text, list:f64, enum(u8,Debug=0,Error=4), flags(u8,A=1), open(u8), {X:f32,Y:f32}, pack1{…}."""

    def __init__(self, text):
        self.text, self.at = text, 0

    @staticmethod
    def parse(text, in_record=False):
        parser = TypeParser(text)
        kind = parser.type(in_record)
        if parser.at != len(text):
            parser.fail("nothing more")
        return kind

    def fail(self, expected):
        raise Usage(f"{self.text!r}: {expected} is expected at {self.text[self.at:]!r}")

    def take(self, token):
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def expect(self, token):
        if not self.take(token):
            self.fail(repr(token))

    def word(self, extra=""):
        start = self.at
        while self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] in "_" + extra):
            self.at += 1
        if start == self.at:
            self.fail("a name or number")
        return self.text[start:self.at]

    def integer(self):
        try:
            return int(self.word("-"))
        except ValueError:
            return self.fail("a number")

    def number(self):
        name = self.word()
        if name not in Number.KINDS:
            self.fail(f"a type, not {name},")
        return Number(name)

    def type(self, in_record):
        if self.take("list:"):
            item = self.type(False)
            if not in_record or isinstance(item, Array) or not item.is_any():
                self.fail("a list of numbers or records, in a record,")
            return Tailed(item)
        kind = self.base(in_record)
        lengths = []
        while self.take("["):
            lengths.append(self.integer())
            self.expect("]")
        for length in reversed(lengths):
            if length < 1 or isinstance(kind, Tailed) or (isinstance(kind, Record) and any(isinstance(k, Tailed) for _, k, _ in kind.leaves())):
                self.fail("an array of at least one value without texts")
            kind = Array(kind, length)
        return kind

    def base(self, in_record):
        pack = 16
        if self.take("pack"):
            pack = self.integer()
            if pack not in (1, 2, 4, 8, 16) or not self.text.startswith("{", self.at):
                self.fail("pack1, 2, 4, 8 or 16 and a brace")
        if self.take("{"):
            fields = []
            while not fields or self.take(","):
                name = self.word(".")
                self.expect(":")
                fields.append((name, self.type(in_record)))
            self.expect("}")
            return Record(fields, pack)
        for kind in ("enum", "flags", "open"):
            if self.take(kind + "("):
                return self.enum(kind)
        if self.take("text"):
            return Tailed() if in_record else self.fail("a text in a record")
        return self.number()

    def enum(self, kind):
        number, members = self.number(), []
        if number.wire not in ("sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"):
            self.fail("an integer for an enum")
        while self.take(","):
            name = self.word()
            self.expect("=")
            members.append((name, self.integer()))
        self.expect(")")
        return Enum(kind, number, members)


def parse_field(text):
    name, colon, kind = text.partition(":")
    if not name or not colon:
        raise Usage(f"{text!r} is no NAME:TYPE")
    return name, TypeParser.parse(kind, in_record=True)


class Segment:
    def __init__(self, text):
        parts = text.split(":", 2)
        if len(parts) != 3:
            raise Usage(f"{text!r} is no NAME:LENGTH:TYPE")
        self.name, length, kind = parts
        self.varies = length.startswith("0..")
        digits = length[3:] if self.varies else length
        if not (digits.isascii() and digits.isdigit()) or int(digits) < 1:
            raise Usage(f"{text!r} has no length such as 1, 640 or 0..1000")
        self.length, self.type = int(digits), TypeParser.parse(kind)

    def line(self):
        return f"{self.type.size} {self.type.wire} [{'0..' if self.varies else ''}{self.length}] {self.name}\n"


# ---- streams -------------------------------------------------------------------------------------------------------------------------

class Source:
    """A pipe, and how far it was read."""

    def __init__(self, read):
        self.read, self.position = read, 0

    def take(self, count):
        """So many bytes, or fewer at the end of the pipe. Memory grows with what arrives, not with what is asked for."""
        data = bytearray()
        while len(data) < count:
            more = self.read(min(count - len(data), AT_ONCE))
            if not more:
                break
            data += more
        self.position += len(data)
        return data


class RecordStream:
    """Reads one stream of records; `on_record(block, place)` is called for each that is good."""

    def __init__(self, record, source, on_record):
        self.record, self.source, self.on_record = record, source, on_record
        leaves = list(record.leaves())
        self.tailed = [(name, kind, place) for name, kind, place in leaves if isinstance(kind, Tailed)]
        self.fingerprint = record.fingerprint()
        self.sent_size = record.size
        self.count = 0

    def read(self):
        self.read_header()
        while self.read_piece():
            pass

    def read_bare(self):
        if self.tailed:
            raise Usage("bare records have no texts and no lists")
        self.read_records(1 << 63, bare=True)

    def read_header(self):
        header = self.source.take(HEADER)
        if not header:
            raise Fault("NotBegun", "the pipe ended before the first byte")
        if len(header) < HEADER:
            raise Fault("Cut", f"the pipe ended {len(header)} bytes into the header")
        magic, version, _, frames, size, fingerprint = struct.unpack_from("<8sHBBIQ", header)
        if magic != b"VmSplice":
            raise Fault("Foreign", f"this is no stream of records: it begins with {magic!r}")
        if version != 1:
            raise Fault("Foreign", f"the stream has version {version}; this program knows version 1")
        earlier = self.source.take(frames * HEADER)
        if len(earlier) < frames * HEADER:
            raise Fault("Cut", f"the pipe ended {HEADER + len(earlier)} bytes into the header")
        is_later = self.record.size < size <= MOST_RECORD and fingerprint != self.fingerprint and self.is_among(earlier)
        self.sent_size = size
        if (size, fingerprint) != (self.record.size, self.fingerprint) and not is_later:
            raise Fault("Layout", f"the sender's records have {size} bytes and fingerprint {fingerprint:016x}; "
                                  f"those of the command line {self.record.size} bytes and {self.fingerprint:016x}")

    def is_among(self, earlier):
        """Whether the sender's records once were those of the command line: what was appended since is passed over."""
        for frame in range(0, len(earlier), HEADER):
            if earlier[frame:frame + 4] == b"Vers":
                for at in (8, 24, 40):
                    if struct.unpack_from("<QI", earlier, frame + at) == (self.fingerprint, self.record.size):
                        return True
        return False

    def read_piece(self):
        """Reads a block or what stands in its place; whether something follows."""
        at = self.source.position
        piece = self.source.take(HEADER)
        if len(piece) < HEADER:
            raise Fault("Cut", f"the pipe ended without an end of the stream, behind record {self.count}")
        magic, records, first, tail, tag = struct.unpack_from("<4sIqIB", piece)
        if magic == b"Invt":
            return True
        if magic not in (b"Blck", b"BRef"):
            raise Fault("Damaged", f"no block starts at byte {at}: found {magic!r}")
        if magic == b"Blck" and records == ABANDONED:
            raise Fault("Cut", f"the sender abandoned the stream behind record {self.count}")
        if first != self.count:
            raise Fault("Damaged", f"the block at byte {at} starts with record {first}, expected was {self.count}")
        if magic == b"BRef":
            raise Fault("Foreign", f"the block at byte {at} lies in the sender's memory: this is a copy of a stream that another reader reads in place")
        length = records * self.sent_size + tail
        may_have_tail = records and (self.tailed or (tail and self.sent_size > self.record.size))
        if (length > MOST_BLOCK or length % 64) if may_have_tail else tail:
            raise Fault("Damaged", f"the block at byte {at} cannot have {tail} bytes behind {records} records")
        if records and self.tailed:
            self.read_block(length, Block(None, tail, tag))
        elif records:
            self.read_records(records)
            self.skip(tail)
        return records != 0

    def skip(self, tail):
        """Passes over texts that a later version of the records has."""
        while tail:
            data = self.source.take(min(tail, AT_ONCE))
            if not data:
                raise Fault("Cut", f"the pipe ended {tail} bytes before the end of a block, behind record {self.count}")
            tail -= len(data)

    def read_block(self, length, block):
        block.data = self.source.take(length)
        if len(block.data) < length:
            raise Fault("Cut", f"the pipe ended {len(block.data)} bytes into a block of {length}, behind record {self.count}")
        for at in range(0, length - block.tail, self.sent_size):
            self.take_record(block, at)

    def read_records(self, records, bare=False):
        size = self.sent_size
        piece = max(1, AT_ONCE // size)
        while records:
            wanted = min(records, piece) * size
            data = self.source.take(wanted)
            for at in range(0, len(data) - size + 1, size):
                self.take_record(Block(data), at)
            if len(data) < wanted:
                if bare and len(data) % size == 0:
                    return
                raise Fault("Cut", f"the pipe ended {len(data) % size} bytes into record {self.count}")
            records -= wanted // size

    def take_record(self, block, at):
        wrong = self.record.first_invalid(block.data, at)
        if wrong:
            raise Fault("InvalidValue", f"record {self.count}, {wrong}")
        for name, kind, place in self.tailed:
            wrong = kind.wrong_place(block, at + place)
            if wrong:
                raise Fault("InvalidValue", f"record {self.count}, {name}: {wrong}")
        self.on_record(block, at)
        self.count += 1


class BufferStream:
    """Reads one stream of buffers; `on_buffer(lengths, datas)` is called for each that is good."""

    def __init__(self, segments, source, on_buffer):
        self.segments, self.source, self.on_buffer = segments, source, on_buffer
        self.varying = [i for i, segment in enumerate(segments) if segment.varies]
        self.fingerprint = fnv64("buffer\n" + "".join(segment.line() for segment in segments))
        self.count = 0

    def read(self):
        while self.read_buffer():
            self.count += 1

    def read_bare(self):
        if self.varying:
            raise Usage("bare buffers have segments of one length")
        while self.read_segments(may_end=True):
            self.count += 1

    def read_buffer(self):
        header = self.source.take(HEADER)
        if not header:
            raise Fault("Cut" if self.count else "NotBegun", f"the pipe ended without an end of the stream, behind buffer {self.count}")
        if len(header) < HEADER:
            raise Fault("Cut", f"the pipe ended {len(header)} bytes into a header, behind buffer {self.count}")
        magic, version, _, _, fingerprint = struct.unpack_from("<8sHHIQ", header)
        if magic == b"VmSplEnd":
            return False
        if magic != b"VmSplBuf":
            raise Fault("Foreign", f"no buffer starts here: found {magic!r}")
        if version != 1:
            raise Fault("Foreign", f"the buffer has version {version}; this program knows version 1")
        if fingerprint != self.fingerprint:
            raise Fault("Layout", f"the sender's buffer has fingerprint {fingerprint:016x}, that of the command line {self.fingerprint:016x}")
        at = 24
        if len(self.varying) > 7:
            at, more = HEADER, (4 * len(self.varying) + 63) // 64 * 64
            header += self.source.take(more)
            if len(header) < HEADER + more:
                raise Fault("Cut", f"the pipe ended {len(header)} bytes into a header, behind buffer {self.count}")
        lengths = [segment.length for segment in self.segments]
        for i, length in zip(self.varying, struct.unpack_from(f"<{len(self.varying)}I", header, at)):
            if length > lengths[i]:
                raise Fault("Damaged", f"buffer {self.count} has {length} elements of {self.segments[i].name}; there are at most {lengths[i]}")
            lengths[i] = length
        return self.read_segments(lengths)

    def read_segments(self, lengths=None, may_end=False):
        lengths = lengths or [segment.length for segment in self.segments]
        datas = []
        for segment, length in zip(self.segments, lengths):
            data = self.source.take(length * segment.type.size)
            if may_end and not data and not datas:
                return False
            if len(data) < length * segment.type.size:
                raise Fault("Cut", f"the pipe ended {len(data)} bytes into {segment.name} of buffer {self.count}")
            datas.append(data)
        for segment, length, data in zip(self.segments, lengths, datas):
            for i in range(length):
                wrong = segment.type.first_invalid(data, i * segment.type.size)
                if wrong:
                    raise Fault("InvalidValue", f"buffer {self.count}, element {i} of {segment.name}: {wrong}")
        self.on_buffer(lengths, datas)
        return True


# ---- the program ---------------------------------------------------------------------------------------------------------------------

class Table:
    """Prints the first rows, tab by tab, and counts them all."""

    def __init__(self, out, most):
        self.out, self.most, self.rows = out, most, 0

    def print(self, cells):
        self.out.write(("\t".join(cells) + "\n").encode("utf-8", "surrogateescape"))

    def record_printer(self, record):
        leaves = list(record.leaves())
        self.print([name for name, _, _ in leaves])

        def row(block, at):
            self.rows += 1
            if self.most is None or self.rows <= self.most:
                self.print([kind.show(block, at + place) for _, kind, place in leaves])
        return row

    def buffer_printer(self, segments):
        self.print([segment.name for segment in segments])

        def row(lengths, datas):
            self.rows += 1
            if self.most is None or self.rows <= self.most:
                self.print([show_segment(*one) for one in zip(segments, lengths, datas)])
        return row


def show_segment(segment, length, data):
    shown = [segment.type.show(Block(data), i * segment.type.size) for i in range(length)]
    return shown[0] if segment.length == 1 and not segment.varies else "[" + ",".join(shown) + "]"


def read_streams(options, source, out):
    """Reads what the options say; returns how many records or buffers came."""
    table = Table(out, options.rows)
    if options.segment:
        segments = [Segment(text) for text in options.segment]
        printer, make = table.buffer_printer(segments), lambda: BufferStream(segments, source, printer)
    else:
        record = Record([parse_field(text) for text in options.field], pack=1)
        printer, make = table.record_printer(record), lambda: RecordStream(record, source, printer)
    try:
        if options.bare:
            make().read_bare()
            return table.rows
        make().read()
        while options.streams:
            begun = source.position
            try:
                make().read()
            except Fault as fault:
                if fault.kind == "NotBegun" and source.position == begun:
                    break
                raise
        return table.rows
    except Fault as fault:
        fault.rows = table.rows
        raise


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--field", action="append", default=[], metavar="NAME:TYPE", help="a field of the records, in their order")
    parser.add_argument("--segment", action="append", default=[], metavar="NAME:LENGTH:TYPE", help="a segment of buffers, in their order")
    parser.add_argument("--bare", action="store_true", help="no header, no blocks and no end (Framed = false)")
    parser.add_argument("--streams", action="store_true", help="several streams behind one another, until the pipe ends")
    parser.add_argument("--rows", default="10", metavar="N", help="how many to print, or all; all are checked (default: 10)")
    options = parser.parse_args(arguments)
    if bool(options.field) == bool(options.segment):
        raise Usage("say the fields of a record with --field, or the segments of a buffer with --segment")
    if options.rows != "all" and not options.rows.isdigit():
        raise Usage("--rows takes a number, or all")
    options.rows = None if options.rows == "all" else int(options.rows)
    return options


def main():
    try:
        options = parse_options(sys.argv[1:])
        source = Source(lambda count: os.read(0, count))
        rows = read_streams(options, source, sys.stdout.buffer)
        sys.stdout.buffer.write(f"{'buffers' if options.segment else 'records'} {rows}\n".encode())
        sys.stdout.buffer.flush()
    except Usage as error:
        sys.exit(f"read.py: {error}")
    except Fault as fault:
        sys.stdout.buffer.flush()
        print(f"read.py: {fault.kind}: {fault}. Good before that: {fault.rows}.", file=sys.stderr)
        return 3
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
