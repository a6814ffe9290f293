/*
 * Reads a stream of VmSplice.Generators from standard input, checks all of it and prints it as a table.
 *
 *     gcc -O2 -Wall -Wextra -Werror -o read read.c
 *
 * Written from docs/protocol.md alone; needs nothing but a C library, on a little-endian machine. See README.md beside this file.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "numbers are read as they lie in the stream: little-endian"
#endif

enum { HEADER = 64, MOST_BLOCK = 1 << 30, MOST_RECORD = (1 << 27) - 8, AT_ONCE = 256 * 1024, MOST_MESSAGE = 400 };

static const uint32_t ABANDONED = UINT32_MAX;

/* ---- faults: the six of the page ---------------------------------------------------------------------------------------------------- */

enum fault { NONE, NOT_BEGUN, CUT, FOREIGN, LAYOUT, INVALID_VALUE, DAMAGED };

static const char *const fault_names[] = { "None", "NotBegun", "Cut", "Foreign", "Layout", "InvalidValue", "Damaged" };

struct failure {
    enum fault fault;
    char message[MOST_MESSAGE];
};

/* Says what is wrong; returns false, so that a check can end with it. */
__attribute__((format(printf, 3, 4)))
static bool fail(struct failure *failure, enum fault fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    failure->fault = fault;
    vsnprintf(failure->message, sizeof failure->message, format, arguments);
    va_end(arguments);
    return false;
}

__attribute__((format(printf, 1, 2), noreturn))
static void usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("read: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    exit(1);
}

static void *allocate(size_t size)
{
    void *memory = calloc(1, size != 0 ? size : 1);
    if (memory == NULL)
        usage("no memory for %zu bytes", size);
    return memory;
}

static void *grow(void *memory, size_t size)
{
    memory = realloc(memory, size);
    if (memory == NULL)
        usage("no memory for %zu bytes", size);
    return memory;
}

static uint32_t u32_at(const uint8_t *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static uint64_t u64_at(const uint8_t *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static uint64_t fnv64(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return hash;
}

static const uint64_t FNV_START = UINT64_C(0xcbf29ce484222325);

/* ---- text that grows: wire types ------------------------------------------------------------------------------------------------------ */

struct text {
    char *bytes;
    size_t length;
};

__attribute__((format(printf, 2, 3)))
static void append(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int more = vsnprintf(NULL, 0, format, arguments);
    text->bytes = grow(text->bytes, text->length + (size_t)more + 1);
    vsnprintf(text->bytes + text->length, (size_t)more + 1, format, again);
    text->length += (size_t)more;
    va_end(arguments);
    va_end(again);
}

/* ---- types ---------------------------------------------------------------------------------------------------------------------------- */

enum kind { NUMBER, ENUM, ARRAY, RECORD, TEXT, LIST };

enum form { SIGNED, UNSIGNED, FLOATING, CHAR, BOOL, TIMESPAN, GUID };

static const struct number {
    const char *name, *wire;
    enum form form;
    unsigned size, alignment;
} numbers[] = {
    { "i8", "sbyte", SIGNED, 1, 1 }, { "u8", "byte", UNSIGNED, 1, 1 }, { "i16", "short", SIGNED, 2, 2 }, { "u16", "ushort", UNSIGNED, 2, 2 },
    { "i32", "int", SIGNED, 4, 4 }, { "u32", "uint", UNSIGNED, 4, 4 }, { "i64", "long", SIGNED, 8, 8 }, { "u64", "ulong", UNSIGNED, 8, 8 },
    { "i128", "Int128", SIGNED, 16, 16 }, { "u128", "UInt128", UNSIGNED, 16, 16 }, { "f16", "Half", FLOATING, 2, 2 },
    { "f32", "float", FLOATING, 4, 4 }, { "f64", "double", FLOATING, 8, 8 }, { "char", "char", CHAR, 2, 2 }, { "bool", "bool", BOOL, 1, 1 },
    { "timespan", "TimeSpan", TIMESPAN, 8, 8 }, { "guid", "Guid", GUID, 16, 4 },
};

struct member {
    char *name;
    __int128 value;
};

struct field {
    char *name;
    struct type *type;
    uint64_t at;
};

struct type {
    enum kind kind;
    uint64_t size, alignment;
    struct text wire;
    const struct number *number;   /* NUMBER, ENUM */
    char set[6];                   /* ENUM: enum, flags, open */
    struct member *members;
    size_t member_count;
    struct type *element;          /* ARRAY, LIST */
    uint64_t length;               /* ARRAY */
    struct field *fields;          /* RECORD */
    size_t field_count;
};

/* ---- the command line's types: i32, u8[4], text, list:f64, enum(u8,Debug=0), flags(u8,A=1), open(u8), {X:f32,Y:f32}, pack1{...} --------- */

struct parser {
    const char *all, *at;
};

__attribute__((noreturn))
static void expected(const struct parser *parser, const char *what)
{
    usage("'%s': %s is expected at '%s'", parser->all, what, parser->at);
}

static bool take(struct parser *parser, const char *token)
{
    size_t length = strlen(token);
    if (strncmp(parser->at, token, length) != 0)
        return false;
    parser->at += length;
    return true;
}

static void expect(struct parser *parser, const char *token)
{
    if (!take(parser, token))
        expected(parser, token);
}

static char *word(struct parser *parser, char extra)
{
    const char *start = parser->at;
    while ((*parser->at >= '0' && *parser->at <= '9') || (*parser->at >= 'a' && *parser->at <= 'z') || (*parser->at >= 'A' && *parser->at <= 'Z')
           || *parser->at == '_' || (uint8_t)*parser->at >= 0x80 || (extra != '\0' && *parser->at == extra))
        parser->at++;
    if (start == parser->at)
        expected(parser, "a name or number");
    char *found = allocate((size_t)(parser->at - start) + 1);
    memcpy(found, start, (size_t)(parser->at - start));
    return found;
}

static __int128 integer(struct parser *parser)
{
    bool negative = take(parser, "-");
    if (*parser->at < '0' || *parser->at > '9')
        expected(parser, "a number");
    __int128 value = 0;
    for (; *parser->at >= '0' && *parser->at <= '9'; parser->at++) {
        value = value * 10 + (*parser->at - '0');
        if (value > (__int128)UINT64_MAX)
            expected(parser, "a smaller number");
    }
    return negative ? -value : value;
}

static const struct number *parse_number(struct parser *parser)
{
    char *name = word(parser, '\0');
    const struct number *found = NULL;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (strcmp(name, numbers[i].name) == 0)
            found = &numbers[i];
    free(name);
    if (found == NULL)
        expected(parser, "a type before what");
    return found;
}

static struct type *new_type(enum kind kind, uint64_t size, uint64_t alignment)
{
    struct type *type = allocate(sizeof *type);
    type->kind = kind;
    type->size = size;
    type->alignment = alignment;
    return type;
}

static void free_type(struct type *type)
{
    if (type == NULL)
        return;
    for (size_t i = 0; i < type->member_count; i++)
        free(type->members[i].name);
    for (size_t i = 0; i < type->field_count; i++) {
        free(type->fields[i].name);
        free_type(type->fields[i].type);
    }
    free_type(type->element);
    free(type->members);
    free(type->fields);
    free(type->wire.bytes);
    free(type);
}

static bool has_tail(const struct type *type)
{
    if (type->kind == RECORD)
        for (size_t i = 0; i < type->field_count; i++)
            if (has_tail(type->fields[i].type))
                return true;
    return type->kind == TEXT || type->kind == LIST;
}

/* By value, then by name: UTF-8 orders names as UTF-16 does, but for characters beyond U+FFFF, which are no part of a C# name. */
static int compare_members(const void *one, const void *other)
{
    const struct member *a = one, *b = other;
    return a->value != b->value ? (a->value < b->value ? -1 : 1) : strcmp(a->name, b->name);
}

static void print_integer(struct text *text, __int128 value)
{
    char digits[48], *at = digits + sizeof digits - 1;
    bool negative = value < 0;
    unsigned __int128 rest = negative ? -(unsigned __int128)value : (unsigned __int128)value;
    *at = '\0';
    do
        *--at = (char)('0' + (int)(rest % 10));
    while ((rest /= 10) != 0);
    append(text, "%s%s", negative ? "-" : "", at);
}

static struct type *parse_enum(struct parser *parser, const char *set)
{
    const struct number *number = parse_number(parser);
    if (number->form > UNSIGNED || number->size > 8)
        expected(parser, "an integer for an enum before what");
    struct type *type = new_type(ENUM, number->size, number->alignment);
    type->number = number;
    strcpy(type->set, set);
    while (take(parser, ",")) {
        type->members = grow(type->members, (type->member_count + 1) * sizeof *type->members);
        type->members[type->member_count].name = word(parser, '\0');
        type->member_count++;
        expect(parser, "=");
        type->members[type->member_count - 1].value = integer(parser);
    }
    expect(parser, ")");

    append(&type->wire, "%s", number->wire);
    if (strcmp(set, "open") == 0) {
        append(&type->wire, " open");
    } else if (type->member_count != 0) {
        /* Sorted apart: of members with one value the first one declared is shown. */
        struct member *sorted = allocate(type->member_count * sizeof *sorted);
        memcpy(sorted, type->members, type->member_count * sizeof *sorted);
        qsort(sorted, type->member_count, sizeof *sorted, compare_members);
        uint64_t hash = fnv64(fnv64(FNV_START, set), "\n");
        for (size_t i = 0; i < type->member_count; i++) {
            struct text line = { 0 };
            print_integer(&line, sorted[i].value);
            append(&line, " %s\n", sorted[i].name);
            hash = fnv64(hash, line.bytes);
            free(line.bytes);
        }
        free(sorted);
        append(&type->wire, " of %016" PRIx64, hash);
    }
    return type;
}

/* Places the next field of a record: behind those before it. */
static void add_field(struct type *record, char *name, struct type *type, uint64_t pack)
{
    uint64_t alignment = type->alignment < pack ? type->alignment : pack;
    if (record->size % alignment != 0)
        usage("%s would lie at byte %" PRIu64 ", which is no multiple of %" PRIu64 "; say pack1 before the brace", name, record->size, alignment);
    record->fields = grow(record->fields, (record->field_count + 1) * sizeof *record->fields);
    record->fields[record->field_count++] = (struct field){ name, type, record->size };
    record->size += type->size;
    if (record->size > MOST_RECORD)
        usage("a record has 1 to %d bytes", MOST_RECORD);
    if (alignment > record->alignment)
        record->alignment = alignment;
}

static void end_record(struct type *record)
{
    if (record->size % record->alignment != 0)
        usage("a record of %" PRIu64 " bytes would be padded to a multiple of %" PRIu64 "; say pack1 before the brace", record->size, record->alignment);
    append(&record->wire, "{");
    for (size_t i = 0; i < record->field_count; i++)
        append(&record->wire, "%s%" PRIu64 " %s %s", i == 0 ? "" : "; ", record->fields[i].at, record->fields[i].type->wire.bytes, record->fields[i].name);
    append(&record->wire, "}");
}

/* The alignment that a type has where no pack makes it less. */
static uint64_t natural(const struct type *type)
{
    if (type->kind == ARRAY)
        return natural(type->element);
    uint64_t most = type->kind == RECORD ? 1 : type->alignment;
    for (size_t i = 0; i < type->field_count; i++)
        if (natural(type->fields[i].type) > most)
            most = natural(type->fields[i].type);
    return most;
}

static struct type *parse_type(struct parser *parser, bool in_record);

static struct type *parse_base(struct parser *parser, bool in_record)
{
    uint64_t pack = 16;
    if (take(parser, "pack")) {
        pack = (uint64_t)integer(parser);
        if ((pack & (pack - 1)) != 0 || pack == 0 || pack > 16 || *parser->at != '{')
            expected(parser, "pack1, 2, 4, 8 or 16 and a brace");
    }
    if (take(parser, "{")) {
        struct type *record = new_type(RECORD, 0, 1);
        do {
            char *name = word(parser, '.');
            expect(parser, ":");
            add_field(record, name, parse_type(parser, in_record), pack);
        } while (take(parser, ","));
        expect(parser, "}");
        end_record(record);
        return record;
    }
    if (take(parser, "enum("))
        return parse_enum(parser, "enum");
    if (take(parser, "flags("))
        return parse_enum(parser, "flags");
    if (take(parser, "open("))
        return parse_enum(parser, "open");

    struct type *type;
    if (take(parser, "text")) {
        if (!in_record)
            expected(parser, "a text in a record before what");
        type = new_type(TEXT, 8, 4);
        append(&type->wire, "text");
    } else {
        const struct number *number = parse_number(parser);
        type = new_type(NUMBER, number->size, number->alignment);
        type->number = number;
        append(&type->wire, "%s", number->wire);
    }
    return type;
}

static bool is_checked(const struct type *type)
{
    return (type->kind == NUMBER && type->number->form == BOOL) || (type->kind == ENUM && type->member_count != 0 && strcmp(type->set, "open") != 0);
}

static struct type *parse_type(struct parser *parser, bool in_record)
{
    if (take(parser, "list:")) {
        struct type *item = parse_type(parser, false);
        if (!in_record || item->kind == ARRAY || is_checked(item))
            expected(parser, "a list of numbers or records, in a record, before what");
        struct type *list = new_type(LIST, 8, 4);
        list->element = item;
        append(&list->wire, "list of %s", item->wire.bytes);
        if (item->alignment < natural(item))
            append(&list->wire, " at %" PRIu64, item->alignment);
        return list;
    }

    struct type *type = parse_base(parser, in_record);
    uint64_t lengths[16];
    size_t dimensions = 0;
    struct text wire = { 0 };
    append(&wire, "%s", type->wire.bytes);
    while (take(parser, "[")) {
        __int128 length = integer(parser);
        if (length < 1 || length > MOST_RECORD || dimensions == sizeof lengths / sizeof lengths[0] || has_tail(type))
            expected(parser, "an array of at least one value without texts before what");
        lengths[dimensions++] = (uint64_t)length;
        append(&wire, "[%" PRIu64 "]", (uint64_t)length);
        expect(parser, "]");
    }
    while (dimensions > 0) {
        struct type *array = new_type(ARRAY, type->size * lengths[--dimensions], type->alignment);
        if (array->size > MOST_RECORD)
            expected(parser, "a shorter array before what");
        array->element = type;
        array->length = lengths[dimensions];
        type = array;
    }
    if (type->kind == ARRAY) {
        /* Only the outermost is named; the lengths stand in the order of C#, the outer one first. */
        free(type->wire.bytes);
        type->wire = wire;
    } else {
        free(wire.bytes);
    }
    return type;
}

/* ---- leaves: the fields of a record with those of its nested records -------------------------------------------------------------------- */

struct leaf {
    char *name;
    const struct type *type;
    uint64_t at;
};

struct leaves {
    struct leaf *all;
    size_t count;
};

static void add_leaves(struct leaves *leaves, const struct type *record, const char *path, uint64_t start)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->fields[i];
        struct text name = { 0 };
        append(&name, "%s%s", path, field->name);
        if (field->type->kind == RECORD) {
            append(&name, ".");
            add_leaves(leaves, field->type, name.bytes, start + field->at);
            free(name.bytes);
        } else {
            leaves->all = grow(leaves->all, (leaves->count + 1) * sizeof *leaves->all);
            leaves->all[leaves->count++] = (struct leaf){ name.bytes, field->type, start + field->at };
        }
    }
}

static uint64_t fingerprint_of(const struct type *record, const struct leaves *leaves)
{
    struct text lines = { 0 };
    append(&lines, "%" PRIu64 "\n", record->size);
    for (size_t i = 0; i < leaves->count; i++) {
        const struct leaf *leaf = &leaves->all[i];
        append(&lines, "%" PRIu64 " %" PRIu64 " %s %s\n", leaf->at, leaf->type->size, leaf->type->wire.bytes, leaf->name);
    }
    uint64_t hash = fnv64(FNV_START, lines.bytes);
    free(lines.bytes);
    return hash;
}

/* ---- values ------------------------------------------------------------------------------------------------------------------------------ */

/* A block of records with its texts and lists behind them; or bytes without any. */
struct block {
    const uint8_t *bytes;
    uint64_t length, tail;
    uint8_t tag;
};

static __int128 integer_at(const struct number *number, const uint8_t *bytes)
{
    unsigned __int128 value = 0;
    memcpy(&value, bytes, number->size);
    unsigned unused = 128 - 8 * number->size;
    bool is_signed = number->form == SIGNED || number->form == TIMESPAN;
    return is_signed ? (__int128)(value << unused) >> unused : (__int128)value;
}

static const struct member *member_of(const struct type *type, __int128 value)
{
    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].value == value)
            return &type->members[i];
    return NULL;
}

static bool is_valid_enum(const struct type *type, const uint8_t *bytes)
{
    __int128 value = integer_at(type->number, bytes);
    if (!is_checked(type))
        return true;
    if (strcmp(type->set, "enum") == 0)
        return member_of(type, value) != NULL;
    uint64_t bits = 0, mask = UINT64_MAX >> (64 - 8 * type->number->size);
    for (size_t i = 0; i < type->member_count; i++)
        bits |= (uint64_t)type->members[i].value;
    return ((uint64_t)value & mask & ~bits) == 0;
}

/* Whether the bytes are a value; places of texts and lists are checked behind the values of the whole record. */
static bool is_valid(const struct type *type, const uint8_t *bytes)
{
    switch (type->kind) {
    case NUMBER:
        return type->number->form != BOOL || bytes[0] <= 1;
    case ENUM:
        return is_valid_enum(type, bytes);
    case ARRAY:
        for (uint64_t i = 0; i < type->length; i++)
            if (!is_valid(type->element, bytes + i * type->element->size))
                return false;
        return true;
    case RECORD:
        for (size_t i = 0; i < type->field_count; i++)
            if (!is_valid(type->fields[i].type, bytes + type->fields[i].at))
                return false;
        return true;
    default:
        return true;
    }
}

struct items {
    const uint8_t *first;
    uint64_t count;
};

/* Finds the items of a text or a list. Returns what is wrong with its place, or NULL. */
static const char *find_items(const struct type *type, const struct block *block, const uint8_t *place, struct items *found)
{
    uint32_t from_end = u32_at(place), packed = u32_at(place + 4);
    uint32_t count = packed & 0xFFFFFF;
    uint64_t size = type->kind == LIST ? type->element->size : 1, alignment = type->kind == LIST ? type->element->alignment : 1;
    *found = (struct items){ block->bytes, 0 };
    if (from_end == 0 && packed == 0)
        return NULL;
    if (packed >> 24 != block->tag)
        return "its place has another tag than its block";
    if (count == 0)
        return "its place has no items";
    if (from_end > block->tail)
        return "its place is not behind the records of its block";
    if (count * size > from_end)
        return "its items reach beyond its block";
    if (from_end % alignment != 0)
        return "its place is not aligned";
    *found = (struct items){ block->bytes + block->length - from_end, count };
    return NULL;
}

static const char *wrong_place(const struct type *type, const struct block *block, const uint8_t *place)
{
    struct items items;
    const char *wrong = find_items(type, block, place, &items);
    if (wrong == NULL && type->kind == LIST && type->element->kind == RECORD)
        for (uint64_t i = 0; i < items.count; i++)
            if (!is_valid(type->element, items.first + i * type->element->size))
                return "an item has a value that it cannot have";
    return wrong;
}

/* ---- printing ---------------------------------------------------------------------------------------------------------------------------- */

static void show_text(FILE *out, const uint8_t *bytes, uint64_t length)
{
    for (uint64_t i = 0; i < length; i++) {
        const char *escaped = bytes[i] == '\\' ? "\\\\" : bytes[i] == '\t' ? "\\t" : bytes[i] == '\n' ? "\\n" : bytes[i] == '\r' ? "\\r" : NULL;
        if (escaped != NULL)
            fputs(escaped, out);
        else if (bytes[i] < 0x20 || bytes[i] == 0x7F)
            fprintf(out, "\\x%02x", bytes[i]);
        else
            putc(bytes[i], out);
    }
}

static double half_at(const uint8_t *bytes)
{
    unsigned bits = bytes[0] | (unsigned)bytes[1] << 8, exponent = bits >> 10 & 31, fraction = bits & 1023;
    double value = exponent == 31 ? (fraction != 0 ? __builtin_nan("") : __builtin_inf())
        : exponent == 0 ? fraction / 16777216.0
        : (1024 + fraction) * (exponent >= 25 ? (double)(1u << (exponent - 25)) : 1.0 / (1u << (25 - exponent)));
    return bits >> 15 != 0 ? -value : value;
}

static void show_float(FILE *out, unsigned size, const uint8_t *bytes)
{
    double value;
    if (size == 2) {
        value = half_at(bytes);
    } else if (size == 4) {
        float single;
        memcpy(&single, bytes, sizeof single);
        value = single;
    } else {
        memcpy(&value, bytes, sizeof value);
    }
    if (value != value)
        fputs("nan", out);
    else
        fprintf(out, "%.*g", size == 2 ? 5 : size == 4 ? 9 : 17, value);
}

static void show_integer(FILE *out, const struct number *number, const uint8_t *bytes)
{
    struct text text = { 0 };
    __int128 value = integer_at(number, bytes);
    if (number->form != SIGNED && number->size == 16 && value < 0) {
        /* The one number that is larger than a signed one of 128 bits. */
        unsigned __int128 rest = (unsigned __int128)value;
        print_integer(&text, (__int128)(rest / 10));
        append(&text, "%d", (int)(rest % 10));
    } else {
        print_integer(&text, value);
    }
    fputs(text.bytes, out);
    free(text.bytes);
}

static void show(FILE *out, const struct type *type, const struct block *block, const uint8_t *bytes);

static void show_row(FILE *out, const struct type *element, uint64_t count, const struct block *block, const uint8_t *first)
{
    putc('[', out);
    for (uint64_t i = 0; i < count; i++) {
        if (i != 0)
            putc(',', out);
        show(out, element, block, first + i * element->size);
    }
    putc(']', out);
}

static void show_number(FILE *out, const struct number *number, const uint8_t *bytes)
{
    switch (number->form) {
    case FLOATING:
        show_float(out, number->size, bytes);
        break;
    case CHAR:
        fprintf(out, "U+%04X", (unsigned)integer_at(number, bytes));
        break;
    case BOOL:
        fputs(bytes[0] != 0 ? "true" : "false", out);
        break;
    case GUID:
        fprintf(out, "%08x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u32_at(bytes), bytes[5], bytes[4], bytes[7], bytes[6], bytes[8], bytes[9],
                bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]);
        break;
    default:
        show_integer(out, number, bytes);
        break;
    }
}

static void show(FILE *out, const struct type *type, const struct block *block, const uint8_t *bytes)
{
    const struct member *member;
    struct items items;
    switch (type->kind) {
    case NUMBER:
        show_number(out, type->number, bytes);
        break;
    case ENUM:
        member = member_of(type, integer_at(type->number, bytes));
        if (member != NULL)
            fputs(member->name, out);
        else
            show_integer(out, type->number, bytes);
        break;
    case ARRAY:
        show_row(out, type->element, type->length, block, bytes);
        break;
    case RECORD:
        putc('{', out);
        for (size_t i = 0; i < type->field_count; i++) {
            if (i != 0)
                putc(',', out);
            show(out, type->fields[i].type, block, bytes + type->fields[i].at);
        }
        putc('}', out);
        break;
    case TEXT:
        find_items(type, block, bytes, &items);
        show_text(out, items.first, items.count);
        break;
    case LIST:
        find_items(type, block, bytes, &items);
        show_row(out, type->element, items.count, block, items.first);
        break;
    }
}

/* ---- the pipe ------------------------------------------------------------------------------------------------------------------------------ */

struct source {
    int descriptor;
    uint64_t position;
    uint8_t *bytes;                /* what was taken last */
    uint64_t capacity;
};

/* Takes so many bytes, or fewer at the end of the pipe. Memory grows with what arrives, not with what is asked for. */
static uint64_t take_bytes(struct source *source, uint64_t count)
{
    uint64_t length = 0;
    while (length < count) {
        uint64_t wanted = count - length < AT_ONCE ? count - length : AT_ONCE;
        if (source->capacity - length < wanted) {
            source->capacity = length + wanted > 2 * source->capacity ? length + wanted : 2 * source->capacity;
            source->bytes = grow(source->bytes, source->capacity);
        }
        ssize_t read_now = read(source->descriptor, source->bytes + length, wanted);
        if (read_now < 0 && errno == EINTR)
            continue;
        if (read_now < 0)
            usage("standard input: %s", strerror(errno));
        if (read_now == 0)
            break;
        length += (uint64_t)read_now;
    }
    source->position += length;
    return length;
}

/* ---- a stream of records --------------------------------------------------------------------------------------------------------------------- */

struct records {
    struct type *type;
    struct leaves leaves;
    uint64_t fingerprint;
    uint64_t sent_size;            /* of a record, as the sender has it */
    bool tailed;
    struct source *source;
    FILE *out;
    uint64_t rows, printed;        /* over all streams: to print, and printed or counted */
    uint64_t count;                /* of this stream */
};

static bool take_record(struct records *stream, const struct block *block, const uint8_t *record, struct failure *failure)
{
    for (size_t i = 0; i < stream->leaves.count; i++) {
        const struct leaf *leaf = &stream->leaves.all[i];
        if (!is_valid(leaf->type, record + leaf->at))
            return fail(failure, INVALID_VALUE, "record %" PRIu64 ", %s: the bytes are no %s", stream->count, leaf->name, leaf->type->wire.bytes);
    }
    for (size_t i = 0; i < stream->leaves.count; i++) {
        const struct leaf *leaf = &stream->leaves.all[i];
        const char *wrong = has_tail(leaf->type) ? wrong_place(leaf->type, block, record + leaf->at) : NULL;
        if (wrong != NULL)
            return fail(failure, INVALID_VALUE, "record %" PRIu64 ", %s: %s", stream->count, leaf->name, wrong);
    }
    stream->count++;
    if (stream->printed++ < stream->rows) {
        for (size_t i = 0; i < stream->leaves.count; i++) {
            if (i != 0)
                putc('\t', stream->out);
            show(stream->out, stream->leaves.all[i].type, block, record + stream->leaves.all[i].at);
        }
        putc('\n', stream->out);
    }
    return true;
}

/* Whether the sender's records once were those of the command line: what was appended since is passed over. */
static bool is_among(const struct records *stream, const uint8_t *earlier, unsigned frames)
{
    for (; frames > 0; frames--, earlier += HEADER)
        for (unsigned at = 8; at < 8 + 3 * 16 && memcmp(earlier, "Vers", 4) == 0; at += 16)
            if (u64_at(earlier + at) == stream->fingerprint && u32_at(earlier + at + 8) == stream->type->size)
                return true;
    return false;
}

static bool read_header(struct records *stream, struct failure *failure)
{
    uint64_t length = take_bytes(stream->source, HEADER);
    const uint8_t *header = stream->source->bytes;
    if (length == 0)
        return fail(failure, NOT_BEGUN, "the pipe ended before the first byte");
    if (length < HEADER)
        return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into the header", length);
    if (memcmp(header, "VmSplice", 8) != 0)
        return fail(failure, FOREIGN, "this is no stream of records");
    unsigned version = u32_at(header + 8) & 0xFFFF;
    if (version != 1)
        return fail(failure, FOREIGN, "the stream has version %u; this program knows version 1", version);
    unsigned frames = header[11];
    uint32_t size = u32_at(header + 12);
    uint64_t fingerprint = u64_at(header + 16);
    uint64_t found = take_bytes(stream->source, frames * HEADER);
    if (found < frames * HEADER)
        return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into the header", HEADER + found);
    bool is_same = size == stream->type->size && fingerprint == stream->fingerprint;
    bool is_later = size > stream->type->size && size <= MOST_RECORD && fingerprint != stream->fingerprint && is_among(stream, stream->source->bytes, frames);
    if (!is_same && !is_later)
        return fail(failure, LAYOUT, "the sender's records have %" PRIu32 " bytes and fingerprint %016" PRIx64 "; those of the command line %" PRIu64
                    " bytes and %016" PRIx64, size, fingerprint, stream->type->size, stream->fingerprint);
    stream->sent_size = size;
    return true;
}

static bool read_block(struct records *stream, uint64_t length, uint64_t tail, uint8_t tag, struct failure *failure)
{
    uint64_t found = take_bytes(stream->source, length);
    if (found < length)
        return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into a block of %" PRIu64 ", behind record %" PRIu64, found, length, stream->count);
    struct block block = { stream->source->bytes, length, tail, tag };
    for (uint64_t at = 0; at < length - tail; at += stream->sent_size)
        if (!take_record(stream, &block, block.bytes + at, failure))
            return false;
    return true;
}

static bool read_records(struct records *stream, uint64_t records, bool bare, struct failure *failure)
{
    uint64_t size = stream->sent_size, piece = size < AT_ONCE ? AT_ONCE / size : 1;
    while (records > 0) {
        uint64_t wanted = (records < piece ? records : piece) * size, found = take_bytes(stream->source, wanted);
        struct block block = { stream->source->bytes, found, 0, 0 };
        for (uint64_t at = 0; found - at >= size; at += size)
            if (!take_record(stream, &block, block.bytes + at, failure))
                return false;
        if (found < wanted)
            return (bare && found % size == 0)
                || fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into record %" PRIu64, found % size, stream->count);
        records -= wanted / size;
    }
    return true;
}

/* Passes over texts that a later version of the records has. */
static bool skip(struct records *stream, uint64_t tail, struct failure *failure)
{
    while (tail > 0) {
        uint64_t found = take_bytes(stream->source, tail < AT_ONCE ? tail : AT_ONCE);
        if (found == 0)
            return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes before the end of a block, behind record %" PRIu64, tail, stream->count);
        tail -= found;
    }
    return true;
}

/* Reads a block or what stands in its place. */
static bool read_piece(struct records *stream, bool *ended, struct failure *failure)
{
    uint64_t at = stream->source->position, found = take_bytes(stream->source, HEADER);
    const uint8_t *piece = stream->source->bytes;
    if (found < HEADER)
        return fail(failure, CUT, "the pipe ended without an end of the stream, behind record %" PRIu64, stream->count);
    if (memcmp(piece, "Invt", 4) == 0)
        return true;
    bool is_reference = memcmp(piece, "BRef", 4) == 0;
    if (!is_reference && memcmp(piece, "Blck", 4) != 0)
        return fail(failure, DAMAGED, "no block starts at byte %" PRIu64, at);
    uint64_t records = u32_at(piece + 4), first = u64_at(piece + 8), tail = u32_at(piece + 16);
    if (!is_reference && records == ABANDONED)
        return fail(failure, CUT, "the sender abandoned the stream behind record %" PRIu64, stream->count);
    if (first != stream->count)
        return fail(failure, DAMAGED, "the block at byte %" PRIu64 " starts with record %" PRIu64 ", expected was %" PRIu64, at, first, stream->count);
    if (is_reference)
        return fail(failure, FOREIGN, "the block at byte %" PRIu64 " lies in the sender's memory: this is a copy of a stream that another reader reads in "
                    "place", at);
    uint64_t length = records * stream->sent_size + tail;
    bool may_have_tail = records != 0 && (stream->tailed || (tail != 0 && stream->sent_size > stream->type->size));
    if (may_have_tail ? length > MOST_BLOCK || length % 64 != 0 : tail != 0)
        return fail(failure, DAMAGED, "the block at byte %" PRIu64 " cannot have %" PRIu64 " bytes behind %" PRIu64 " records", at, tail, records);
    *ended = records == 0;
    if (*ended || stream->tailed)
        return *ended || read_block(stream, length, tail, piece[20], failure);
    return read_records(stream, records, false, failure) && skip(stream, tail, failure);
}

static bool read_stream(struct records *stream, struct failure *failure)
{
    bool ended = false;
    stream->count = 0;
    if (!read_header(stream, failure))
        return false;
    while (!ended)
        if (!read_piece(stream, &ended, failure))
            return false;
    return true;
}

/* ---- a stream of buffers --------------------------------------------------------------------------------------------------------------------- */

struct segment {
    char *name;
    struct type *type;
    uint64_t most, length;
    bool varies;
    uint8_t *bytes;
};

struct buffers {
    struct segment *segments;
    size_t count, varying;
    uint64_t fingerprint;
    struct source *source;
    FILE *out;
    uint64_t rows, printed, received;
};

static void take_buffer(struct buffers *stream)
{
    stream->received++;
    if (stream->printed++ >= stream->rows)
        return;
    for (size_t i = 0; i < stream->count; i++) {
        const struct segment *segment = &stream->segments[i];
        struct block block = { segment->bytes, segment->length * segment->type->size, 0, 0 };
        if (i != 0)
            putc('\t', stream->out);
        if (segment->most == 1 && !segment->varies)
            show(stream->out, segment->type, &block, segment->bytes);
        else
            show_row(stream->out, segment->type, segment->length, &block, segment->bytes);
    }
    putc('\n', stream->out);
}

static bool read_segments(struct buffers *stream, bool may_end, bool *ended, struct failure *failure)
{
    bool any = false;
    for (size_t i = 0; i < stream->count; i++) {
        struct segment *segment = &stream->segments[i];
        uint64_t wanted = segment->length * segment->type->size, found = take_bytes(stream->source, wanted);
        any = any || found != 0;
        if (may_end && !any) {
            *ended = true;
            return true;
        }
        if (found < wanted)
            return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into %s of buffer %" PRIu64, found, segment->name, stream->received);
        segment->bytes = grow(segment->bytes, found + 1);
        if (found != 0)
            memcpy(segment->bytes, stream->source->bytes, found);
    }
    for (size_t i = 0; i < stream->count; i++)
        for (uint64_t k = 0; k < stream->segments[i].length; k++)
            if (!is_valid(stream->segments[i].type, stream->segments[i].bytes + k * stream->segments[i].type->size))
                return fail(failure, INVALID_VALUE, "buffer %" PRIu64 ", element %" PRIu64 " of %s has a value that it cannot have", stream->received, k,
                            stream->segments[i].name);
    take_buffer(stream);
    return true;
}

static bool read_lengths(struct buffers *stream, const uint8_t *at, struct failure *failure)
{
    for (size_t i = 0; i < stream->count; i++) {
        struct segment *segment = &stream->segments[i];
        if (!segment->varies)
            continue;
        segment->length = u32_at(at);
        at += 4;
        if (segment->length > segment->most)
            return fail(failure, DAMAGED, "buffer %" PRIu64 " has %" PRIu64 " elements of %s; there are at most %" PRIu64, stream->received, segment->length,
                        segment->name, segment->most);
    }
    return true;
}

static bool read_buffer(struct buffers *stream, bool *ended, struct failure *failure)
{
    uint64_t found = take_bytes(stream->source, HEADER);
    const uint8_t *header = stream->source->bytes;
    if (found == 0)
        return fail(failure, stream->received == 0 ? NOT_BEGUN : CUT, "the pipe ended without an end of the stream, behind buffer %" PRIu64, stream->received);
    if (found < HEADER)
        return fail(failure, CUT, "the pipe ended %" PRIu64 " bytes into a header, behind buffer %" PRIu64, found, stream->received);
    if (memcmp(header, "VmSplEnd", 8) == 0) {
        *ended = true;
        return true;
    }
    if (memcmp(header, "VmSplBuf", 8) != 0)
        return fail(failure, FOREIGN, "no buffer starts here");
    unsigned version = u32_at(header + 8) & 0xFFFF;
    if (version != 1)
        return fail(failure, FOREIGN, "the buffer has version %u; this program knows version 1", version);
    if (u64_at(header + 16) != stream->fingerprint)
        return fail(failure, LAYOUT, "the sender's buffer has fingerprint %016" PRIx64 ", that of the command line %016" PRIx64, u64_at(header + 16),
                    stream->fingerprint);
    if (stream->varying <= 7)
        return read_lengths(stream, header + 24, failure) && read_segments(stream, false, ended, failure);
    uint64_t more = (4 * stream->varying + 63) / 64 * 64;
    if (take_bytes(stream->source, more) < more)
        return fail(failure, CUT, "the pipe ended inside of a header, behind buffer %" PRIu64, stream->received);
    return read_lengths(stream, stream->source->bytes, failure) && read_segments(stream, false, ended, failure);
}

static bool read_buffers(struct buffers *stream, bool bare, struct failure *failure)
{
    bool ended = false;
    stream->received = 0;
    while (!ended)
        if (!(bare ? read_segments(stream, true, &ended, failure) : read_buffer(stream, &ended, failure)))
            return false;
    return true;
}

/* ---- the program ----------------------------------------------------------------------------------------------------------------------------- */

struct options {
    struct type *record;           /* what the fields of the command line are together; NULL for buffers */
    struct leaves leaves;
    struct segment *segments;
    size_t segment_count;
    bool bare, streams;
    uint64_t rows;
};

static void parse_field(struct options *options, const char *text)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL || colon == text)
        usage("'%s' is no NAME:TYPE", text);
    char *name = allocate((size_t)(colon - text) + 1);
    memcpy(name, text, (size_t)(colon - text));
    struct parser parser = { colon + 1, colon + 1 };
    struct type *type = parse_type(&parser, true);
    if (*parser.at != '\0')
        expected(&parser, "nothing more");
    if (options->record == NULL)
        options->record = new_type(RECORD, 0, 1);
    add_field(options->record, name, type, 1);
}

static void parse_segment(struct options *options, const char *text)
{
    const char *colon = strchr(text, ':');
    struct segment segment = { 0 };
    if (colon == NULL || colon == text)
        usage("'%s' is no NAME:LENGTH:TYPE", text);
    segment.name = allocate((size_t)(colon - text) + 1);
    memcpy(segment.name, text, (size_t)(colon - text));
    struct parser parser = { text, colon + 1 };
    segment.varies = take(&parser, "0..");
    __int128 length = integer(&parser);
    if (length < 1 || length > INT32_MAX)
        usage("'%s' has no length such as 1, 640 or 0..1000", text);
    segment.most = segment.length = (uint64_t)length;
    expect(&parser, ":");
    segment.type = parse_type(&parser, false);
    if (*parser.at != '\0')
        expected(&parser, "nothing more");
    options->segments = grow(options->segments, (options->segment_count + 1) * sizeof segment);
    options->segments[options->segment_count++] = segment;
}

static const char HELP[] =
    "read [--bare] [--streams] [--rows N|all] --field NAME:TYPE... | --segment NAME:LENGTH:TYPE...\n"
    "Reads a stream of records or buffers from standard input, checks all of it and prints it; see README.md.\n";

static void parse_options(struct options *options, int count, char **arguments)
{
    options->rows = 10;
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(name, "--help") == 0) {
            fputs(HELP, stdout);
            exit(0);
        }
        if (strcmp(name, "--bare") == 0) {
            options->bare = true;
            continue;
        }
        if (strcmp(name, "--streams") == 0) {
            options->streams = true;
            continue;
        }
        if (value == NULL)
            usage("%s: an unknown option, or one without its value", name);
        if (strcmp(name, "--field") == 0)
            parse_field(options, value);
        else if (strcmp(name, "--segment") == 0)
            parse_segment(options, value);
        else if (strcmp(name, "--rows") == 0)
            options->rows = strcmp(value, "all") == 0 ? UINT64_MAX : strtoull(value, NULL, 10);
        else
            usage("%s: an unknown option", name);
        i++;
    }
    if ((options->record == NULL) == (options->segment_count == 0))
        usage("say the fields of a record with --field, or the segments of a buffer with --segment");
    if (options->record != NULL) {
        end_record(options->record);
        add_leaves(&options->leaves, options->record, "", 0);
        if (options->bare && has_tail(options->record))
            usage("bare records have no texts and no lists");
    }
    for (size_t i = 0; options->bare && i < options->segment_count; i++)
        if (options->segments[i].varies)
            usage("bare buffers have segments of one length");
}

static void free_options(struct options *options)
{
    for (size_t i = 0; i < options->leaves.count; i++)
        free(options->leaves.all[i].name);
    for (size_t i = 0; i < options->segment_count; i++) {
        free(options->segments[i].name);
        free_type(options->segments[i].type);
        free(options->segments[i].bytes);
    }
    free(options->leaves.all);
    free(options->segments);
    free_type(options->record);
}

static bool read_all_records(const struct options *options, struct source *source, FILE *out, uint64_t *rows, struct failure *failure)
{
    struct records stream = {
        options->record, options->leaves, fingerprint_of(options->record, &options->leaves), options->record->size,
        has_tail(options->record), source, out, options->rows, 0, 0,
    };
    for (size_t i = 0; i < options->leaves.count; i++)
        fprintf(out, "%s%s", i == 0 ? "" : "\t", options->leaves.all[i].name);
    putc('\n', out);
    bool good = options->bare ? read_records(&stream, UINT64_MAX / 2, true, failure) : read_stream(&stream, failure);
    while (good && options->streams && !options->bare)
        good = read_stream(&stream, failure);
    *rows = stream.printed;
    return good;
}

static bool read_all_buffers(const struct options *options, struct source *source, FILE *out, uint64_t *rows, struct failure *failure)
{
    struct buffers stream = { options->segments, options->segment_count, 0, FNV_START, source, out, options->rows, 0, 0 };
    stream.fingerprint = fnv64(stream.fingerprint, "buffer\n");
    for (size_t i = 0; i < stream.count; i++) {
        const struct segment *segment = &stream.segments[i];
        struct text line = { 0 };
        append(&line, "%" PRIu64 " %s [%s%" PRIu64 "] %s\n", segment->type->size, segment->type->wire.bytes, segment->varies ? "0.." : "", segment->most,
               segment->name);
        stream.fingerprint = fnv64(stream.fingerprint, line.bytes);
        free(line.bytes);
        stream.varying += segment->varies;
        fprintf(out, "%s%s", i == 0 ? "" : "\t", segment->name);
    }
    putc('\n', out);
    bool good = read_buffers(&stream, options->bare, failure);
    while (good && options->streams && !options->bare)
        good = read_buffers(&stream, false, failure);
    *rows = stream.printed;
    return good;
}

/* Reads what the options say. With several streams, the end of the pipe before another one is no fault. */
static bool read_all(const struct options *options, struct source *source, FILE *out, uint64_t *rows, struct failure *failure)
{
    bool good = options->record != NULL ? read_all_records(options, source, out, rows, failure) : read_all_buffers(options, source, out, rows, failure);
    return good || (options->streams && failure->fault == NOT_BEGUN && source->position != 0);
}

int main(int count, char **arguments)
{
    struct options options = { 0 };
    struct source source = { STDIN_FILENO, 0, NULL, 0 };
    struct failure failure = { 0 };
    uint64_t rows = 0;
    parse_options(&options, count, arguments);
    bool good = read_all(&options, &source, stdout, &rows, &failure);
    if (good)
        printf("%s %" PRIu64 "\n", options.record != NULL ? "records" : "buffers", rows);
    fflush(stdout);
    if (!good)
        fprintf(stderr, "read: %s: %s. Good before that: %" PRIu64 ".\n", fault_names[failure.fault], failure.message, rows);
    free(source.bytes);
    free_options(&options);
    return good ? 0 : 3;
}
