// The other side of every comparison with C: one process that writes, one that reads, by the calls that our run time makes.
//
//   gcc -O2 peer.c -o peer
//   peer write|read fifo=PATH [way=…] [chunk=BYTES] [pipe=BYTES] [record=BYTES] [huge=0|1] [fill=records|bytes] [work=sum|none] [pause=NS]
//        [private=0|1] [stores=N]
//   peer ping|pong|send-stamped|receive-stamped fifo=PATH      (one record of 64 bytes at a time; PATH.1 is the way back)
//
// Writers: way=write (one buffer, write(2)), fresh (vmsplice out of pages that the kernel clears anew, for any reader),
// reuse (vmsplice, a chunk is filled again once FIONREAD proves it read; the reader must copy), in-place (slots=N chunks of a sealed memfd,
// of which the pipe carries the places alone; a hello before the first round says which file that is).
// Readers: way=read (read(2) into one chunk; works for pause nanoseconds more after each), splice (to /dev/null), in-place. private=1 maps the
// chunks so that the reader may write to them (MAP_PRIVATE), and drops the pages that it wrote to before it returns one. stores=N: the reader
// writes to each Nth page of a chunk.
//
// Protocol, the same as Workers/WorkerLoop.cs: "ready" once the FIFO is open; a line "round BYTES" is answered by one line
// "start=NS end=NS cpu=NS alloc=0 sum=N", with "p50=NS p99=NS p999=NS" from ping and receive-stamped; anything else ends the process.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const size_t HUGE_PAGE = 2 << 20;
static const size_t REGION = 4 << 20;

// What the suite `records` sends: as in Workers/Shapes.cs.
typedef struct { int64_t time; double price; } record16;
typedef struct { int64_t time; double price; int32_t size, venue; int64_t id; int64_t rest[4]; } record64;

static const char *argument(int count, char **values, const char *name, const char *otherwise)
{
    size_t length = strlen(name);
    for (int i = 2; i < count; i++)
        if (strncmp(values[i], name, length) == 0 && values[i][length] == '=')
            return values[i] + length + 1;
    return otherwise;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static char *map(size_t bytes, int huge)
{
    char *start = mmap(NULL, bytes + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        fail("mmap");
    start = (char *)(((uintptr_t)start + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1));
    if (huge)
        madvise(start, (bytes + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1), MADV_HUGEPAGE);
    return start;
}

static void fill_records(char *chunk, size_t bytes, size_t record, int64_t first)
{
    size_t count = bytes / record;
    if (record == sizeof(record16)) {
        record16 *r = (record16 *)chunk;
        for (size_t i = 0; i < count; i++) {
            r[i].time = first + (int64_t)i;
            r[i].price = (double)i * 0.5;
        }
    } else if (record == sizeof(record64)) {
        record64 *r = (record64 *)chunk;
        for (size_t i = 0; i < count; i++) {
            r[i].time = first + (int64_t)i;
            r[i].price = (double)i * 0.5;
            r[i].size = (int32_t)i;
            r[i].venue = 7;
            r[i].id = first ^ (int64_t)i;
            r[i].rest[0] = r[i].rest[1] = r[i].rest[2] = r[i].rest[3] = (int64_t)i;
        }
    } else {
        int64_t *word = (int64_t *)chunk;
        size_t words = record / sizeof(int64_t);
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < words; k++)
                *word++ = first + (int64_t)i;
    }
}

static int64_t sum_records(const char *chunk, size_t bytes, size_t record)
{
    size_t count = bytes / record;
    int64_t sum = 0;
    if (record == sizeof(record16)) {
        const record16 *r = (const record16 *)chunk;
        for (size_t i = 0; i < count; i++)
            sum += r[i].time + (int64_t)r[i].price;
    } else if (record == sizeof(record64)) {
        const record64 *r = (const record64 *)chunk;
        for (size_t i = 0; i < count; i++)
            sum += r[i].time + r[i].size + r[i].id + (int64_t)r[i].price + r[i].rest[3];
    } else {
        const int64_t *word = (const int64_t *)chunk;
        for (size_t i = 0; i < bytes / sizeof(int64_t); i++)
            sum += word[i];
    }
    return sum;
}

// In place: what the sender says of its memory, of each chunk, and the page that both write to.
typedef struct { int process, blocks, control; uint64_t size; } hello;
typedef struct { uint64_t offset, length, sequence, unused; } place;
typedef struct { _Atomic uint64_t returned; _Atomic uint32_t waiting; } control_page;

typedef struct {
    int fd, huge, records;
    char way;
    size_t chunk, record, slots, region, position;
    char *memory;
    int64_t sent, *ends;
    size_t filled;
    control_page *control;
} writer;

static void send_chunk(writer *w, char *chunk, size_t bytes)
{
    struct iovec rest = { chunk, bytes };
    while (rest.iov_len) {
        ssize_t taken = w->way == 'w' ? write(w->fd, rest.iov_base, rest.iov_len) : vmsplice(w->fd, &rest, 1, 0);
        if (taken < 0) {
            if (errno == EINTR)
                continue;
            fail(w->way == 'w' ? "write" : "vmsplice");
        }
        rest.iov_base = (char *)rest.iov_base + taken;
        rest.iov_len -= (size_t)taken;
        w->sent += taken;
    }
}

static char *map_file(int file, size_t bytes, int protection)
{
    char *start = mmap(NULL, bytes, protection, MAP_SHARED, file, 0);
    if (start == MAP_FAILED)
        fail("mmap");
    return start;
}

static void offer(writer *w)
{
    size_t size = w->slots * w->chunk;
    int blocks = memfd_create("blocks", MFD_CLOEXEC | MFD_ALLOW_SEALING), control = memfd_create("control", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (blocks < 0 || control < 0 || ftruncate(blocks, (off_t)size) < 0 || ftruncate(control, 4096) < 0)
        fail("memfd_create");
    w->memory = map_file(blocks, size, PROT_READ | PROT_WRITE);
    madvise(w->memory, size, MADV_HUGEPAGE);
    w->control = (control_page *)map_file(control, 4096, PROT_READ | PROT_WRITE);
    if (fcntl(blocks, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) < 0)
        fail("F_ADD_SEALS");
    hello mine = { getpid(), blocks, control, size };
    if (write(w->fd, &mine, sizeof mine) != sizeof mine)
        fail("write");
}

static char *next_place(writer *w)
{
    int spins = 0;
    while (w->filled - atomic_load_explicit(&w->control->returned, memory_order_acquire) >= w->slots) {
        if (spins++ < 200) {
            __builtin_ia32_pause();
            continue;
        }
        atomic_store(&w->control->waiting, 1);
        if (w->filled - atomic_load(&w->control->returned) >= w->slots)
            syscall(SYS_futex, &w->control->waiting, FUTEX_WAIT, 1, NULL, NULL, 0);
    }
    return w->memory + w->filled % w->slots * w->chunk;
}

static void send_place(writer *w, char *chunk, size_t bytes)
{
    place where = { (uint64_t)(chunk - w->memory), bytes, ++w->filled, 0 };
    if (write(w->fd, &where, sizeof where) != sizeof where)
        fail("write");
}

static char *open_file(int process, int descriptor, int flags, size_t bytes, int is_private)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", process, descriptor);
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        fail(path);
    if (!is_private)
        return map_file(file, bytes, flags == O_RDWR ? PROT_READ | PROT_WRITE : PROT_READ);
    char *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (start == MAP_FAILED)
        fail("mmap");
    return start;
}

static char *join(int fd, writer *w, int is_private)
{
    hello theirs;
    if (read(fd, &theirs, sizeof theirs) != sizeof theirs)
        fail("read");
    w->control = (control_page *)open_file(theirs.process, theirs.control, O_RDWR, 4096, 0);
    return open_file(theirs.process, theirs.blocks, O_RDONLY, theirs.size, is_private);
}

static void store(char *chunk, size_t bytes, size_t every)
{
    for (size_t at = 0; every && at < bytes; at += every * 4096)
        ++*(volatile char *)(chunk + at);
}

// What was written to in a private mapping is this process's own page, and would hide what the sender writes there next. The kernel says which
// pages are: present (bit 63), and not of the file (bit 61).
static void drop_own_pages(char *chunk, size_t bytes)
{
    static int map = -1;
    static uint64_t entries[4096];
    if (map < 0 && (map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) < 0)
        fail("pagemap");
    for (size_t at = 0; at < bytes; at += sizeof entries / sizeof *entries * 4096) {
        size_t pages = (bytes - at + 4095) / 4096 < sizeof entries / sizeof *entries ? (bytes - at + 4095) / 4096 : sizeof entries / sizeof *entries;
        if (pread(map, entries, pages * sizeof *entries, (off_t)(((uintptr_t)chunk + at) / 4096 * sizeof *entries)) != (ssize_t)(pages * sizeof *entries))
            fail("pagemap");
        for (size_t i = 0; i < pages;) {
            size_t begin = i;
            while (i < pages && entries[i] >> 63 && !(entries[i] >> 61 & 1))
                i++;
            if (i > begin && madvise(chunk + at + begin * 4096, (i - begin) * 4096, MADV_DONTNEED) < 0)
                fail("MADV_DONTNEED");
            i += i == begin;
        }
    }
}

static int64_t read_places(int fd, char *memory, control_page *control, size_t record, int is_private, size_t stores, int64_t bytes)
{
    int64_t sum = 0;
    place places[64];
    while (bytes > 0) {
        ssize_t got = read(fd, places, sizeof places);
        if (got <= 0)
            break;
        for (size_t i = 0; i < (size_t)got / sizeof(place); i++) {
            sum += sum_records(memory + places[i].offset, places[i].length, record);
            bytes -= (int64_t)places[i].length;
            store(memory + places[i].offset, places[i].length, stores);
            if (is_private)
                drop_own_pages(memory + places[i].offset, places[i].length);
            atomic_store(&control->returned, places[i].sequence);
            if (atomic_load(&control->waiting)) {
                atomic_store(&control->waiting, 0);
                syscall(SYS_futex, &control->waiting, FUTEX_WAKE, 1, NULL, NULL, 0);
            }
        }
    }
    return sum;
}

static char *next_chunk(writer *w)
{
    if (w->way == 'i')
        return next_place(w);
    if (w->way == 'w')
        return w->memory;
    if (w->way == 'f') {
        if (w->position + w->chunk > w->region) {
            madvise(w->memory, w->region, MADV_DONTNEED);
            w->position = 0;
        }
        char *chunk = w->memory + w->position;
        w->position += w->chunk;
        return chunk;
    }
    size_t slot = w->filled % w->slots;
    while (w->filled >= w->slots) {
        int unread;
        if (ioctl(w->fd, FIONREAD, &unread) < 0)
            fail("FIONREAD");
        if (w->sent - unread >= w->ends[slot])
            break;
        struct pollfd space = { w->fd, POLLOUT, 0 };
        poll(&space, 1, 1);
    }
    return w->memory + slot * w->chunk;
}

static void write_round(writer *w, int64_t bytes)
{
    int64_t first = 0;
    while (bytes > 0) {
        size_t length = bytes < (int64_t)w->chunk ? (size_t)bytes : w->chunk;
        char *chunk = next_chunk(w);
        if (w->records)
            fill_records(chunk, length, w->record, first);
        else
            memset(chunk, (int)first, length);
        first += (int64_t)(length / w->record);
        if (w->way == 'i')
            send_place(w, chunk, length);
        else
            send_chunk(w, chunk, length);
        if (w->way == 'r') {
            w->ends[w->filled % w->slots] = w->sent;
            w->filled++;
        }
        bytes -= (int64_t)length;
    }
}

static void wait_until(int64_t time)
{
    while (nanoseconds(CLOCK_MONOTONIC) < time)
        ;
}

static int64_t read_round(int fd, char *memory, size_t chunk, size_t record, int sums, int64_t pause, size_t stores, int64_t bytes)
{
    int64_t sum = 0;
    size_t kept = 0;
    while (bytes > 0) {
        size_t wanted = chunk - kept < (size_t)bytes ? chunk - kept : (size_t)bytes;
        ssize_t got = read(fd, memory + kept, wanted);
        if (got == 0)
            break;
        if (got < 0) {
            if (errno == EINTR)
                continue;
            fail("read");
        }
        bytes -= got;
        kept += (size_t)got;
        if (pause)
            wait_until(nanoseconds(CLOCK_MONOTONIC) + pause);
        size_t whole = kept / record * record;
        if (sums && whole) {
            sum += sum_records(memory, whole, record);
            store(memory, whole, stores);
            memmove(memory, memory + whole, kept - whole);
            kept -= whole;
        } else if (!sums)
            kept = 0;
    }
    return sum;
}

static void splice_round(int fd, int null, size_t chunk, int64_t bytes)
{
    while (bytes > 0) {
        ssize_t moved = splice(fd, NULL, null, NULL, chunk < (size_t)bytes ? chunk : (size_t)bytes, 0);
        if (moved == 0)
            break;
        if (moved < 0)
            fail("splice");
        bytes -= moved;
    }
}

// Latency: as Workers/LatencyWorkers.cs.
enum { MOST_SAMPLES = 1 << 22, STAMP_GAP = 20000 };

static int by_value(const void *left, const void *right)
{
    int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;
    return (l > r) - (l < r);
}

static void move(int fd, record64 *message, int writes)
{
    char *rest = (char *)message;
    size_t left = sizeof *message;
    while (left) {
        ssize_t moved = writes ? write(fd, rest, left) : read(fd, rest, left);
        if (moved == 0)
            exit(0);
        if (moved < 0) {
            if (errno == EINTR)
                continue;
            fail(writes ? "write" : "read");
        }
        rest += moved;
        left -= (size_t)moved;
    }
}

static int talk(const char *kind, const char *path)
{
    int ping = strcmp(kind, "ping") == 0, pong = strcmp(kind, "pong") == 0, sends = ping || strcmp(kind, "send-stamped") == 0;
    int fd = open(path, sends ? O_WRONLY : O_RDONLY);
    char back[4096];
    snprintf(back, sizeof back, "%s.1", path);
    int other = ping || pong ? open(back, sends ? O_RDONLY : O_WRONLY) : 0;
    if (fd < 0 || other < 0)
        fail("fifo");
    int64_t *samples = calloc(MOST_SAMPLES, sizeof(int64_t));
    puts("ready");
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin) && strncmp(line, "round ", 6) == 0) {
        int64_t messages = strtoll(line + 6, NULL, 10) / (int64_t)sizeof(record64), sum = 0;
        size_t taken = 0;
        record64 message;
        int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), start = nanoseconds(CLOCK_MONOTONIC), next = start;
        for (int64_t i = 0; i < messages; i++) {
            int64_t sent = 0;
            if (sends) {
                if (!ping)
                    wait_until(next += STAMP_GAP);
                sent = nanoseconds(CLOCK_MONOTONIC);
                fill_records((char *)&message, sizeof message, sizeof message, sent);
                move(fd, &message, 1);
            } else
                move(fd, &message, 0);
            if (ping || pong)
                move(other, &message, pong);
            if (taken < MOST_SAMPLES && (ping || !(sends || pong)))
                samples[taken++] = nanoseconds(CLOCK_MONOTONIC) - (ping ? sent : message.time);
            sum += message.time;
        }
        int64_t end = nanoseconds(CLOCK_MONOTONIC);
        cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        printf("start=%lld end=%lld cpu=%lld alloc=0 sum=%lld", (long long)start, (long long)end, (long long)cpu, (long long)sum);
        if (taken) {
            qsort(samples, taken, sizeof *samples, by_value);
            printf(" p50=%lld p99=%lld p999=%lld", (long long)samples[taken / 2], (long long)samples[taken - 1 - taken / 100], (long long)samples[taken - 1 - taken / 1000]);
        }
        puts("");
        fflush(stdout);
    }
    return 0;
}

int main(int count, char **values)
{
    if (count > 1 && strcmp(values[1], "write") != 0 && strcmp(values[1], "read") != 0)
        return talk(values[1], argument(count, values, "fifo", ""));
    int writes = count > 1 && strcmp(values[1], "write") == 0;
    size_t chunk = strtoull(argument(count, values, "chunk", "262144"), NULL, 10);
    size_t pipe_size = strtoull(argument(count, values, "pipe", "0"), NULL, 10);
    size_t record = strtoull(argument(count, values, "record", "64"), NULL, 10);
    int huge = atoi(argument(count, values, "huge", "1"));
    const char *way = argument(count, values, "way", writes ? "write" : "read");
    int fd = open(argument(count, values, "fifo", ""), writes ? O_WRONLY : O_RDONLY);
    if (fd < 0)
        fail("fifo");
    if (pipe_size && fcntl(fd, F_SETPIPE_SZ, pipe_size) < 0)
        fail("F_SETPIPE_SZ");
    pipe_size = (size_t)fcntl(fd, F_GETPIPE_SZ);
    int null = open("/dev/null", O_WRONLY);

    writer w = { .fd = fd, .huge = huge, .chunk = chunk, .record = record, .records = strcmp(argument(count, values, "fill", "records"), "records") == 0 };
    w.way = strcmp(way, "write") == 0 ? 'w' : strcmp(way, "fresh") == 0 ? 'f' : strcmp(way, "in-place") == 0 ? 'i' : 'r';
    w.slots = pipe_size / chunk + 2 < 3 ? 3 : pipe_size / chunk + 2;
    w.region = w.way == 'f' ? (chunk > REGION ? chunk : REGION) : w.way == 'r' ? w.slots * chunk : chunk;
    w.ends = calloc(w.slots, sizeof(int64_t));
    char *memory = map(writes ? w.region : chunk, huge);
    w.memory = memory;
    const char *slots = argument(count, values, "slots", "");
    if (*slots)
        w.slots = strtoull(slots, NULL, 10);
    char *blocks = NULL;
    if (writes && w.way == 'i')
        offer(&w);
    else if (w.way != 'f')
        memset(memory, 0, writes ? w.region : chunk);
    int sums = strcmp(argument(count, values, "work", "sum"), "sum") == 0;
    int64_t pause = strtoll(argument(count, values, "pause", "0"), NULL, 10);
    int is_private = atoi(argument(count, values, "private", "0"));
    size_t stores = strtoull(argument(count, values, "stores", "0"), NULL, 10);

    puts("ready");
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin) && strncmp(line, "round ", 6) == 0) {
        if (!writes && w.way == 'i' && !blocks)
            blocks = join(fd, &w, is_private);
        int64_t bytes = strtoll(line + 6, NULL, 10), sum = 0;
        int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), start = nanoseconds(CLOCK_MONOTONIC);
        if (writes)
            write_round(&w, bytes);
        else if (strcmp(way, "splice") == 0)
            splice_round(fd, null, chunk, bytes);
        else if (blocks)
            sum = read_places(fd, blocks, w.control, record, is_private, stores, bytes);
        else
            sum = read_round(fd, memory, chunk, record, sums, pause, stores, bytes);
        int64_t end = nanoseconds(CLOCK_MONOTONIC);
        printf("start=%lld end=%lld cpu=%lld alloc=0 sum=%lld\n", (long long)start, (long long)end, (long long)(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu), (long long)sum);
        fflush(stdout);
    }
    return 0;
}
