/*
 * Reads many streams with samples/Readers/read.c, and says of each which fault it has and how many rows were good. On standard input comes for each
 * stream its length, u32, and its bytes. Compiled with the sanitizers, which end the program at the first access out of bounds.
 */

#define main reader_main
#include "read.c"
#undef main

#include <sys/syscall.h>

int main(int count, char **arguments)
{
    struct options options = { 0 };
    parse_options(&options, count, arguments);
    FILE *nowhere = fopen("/dev/null", "w");
    int file = (int)syscall(SYS_memfd_create, "stream", 0);
    uint32_t length;
    while (fread(&length, sizeof length, 1, stdin) == 1) {
        uint8_t *stream = allocate(length);
        if (fread(stream, 1, length, stdin) != length || ftruncate(file, 0) != 0 || pwrite(file, stream, length, 0) != (ssize_t)length
            || lseek(file, 0, SEEK_SET) != 0)
            return 2;
        free(stream);
        struct source source = { file, 0, NULL, 0 };
        struct failure failure = { 0 };
        uint64_t rows = 0;
        bool good = read_all(&options, &source, nowhere, &rows, &failure);
        printf("%s %" PRIu64 "\n", good ? "None" : fault_names[failure.fault], rows);
        free(source.bytes);
    }
    fclose(nowhere);
    free_options(&options);
    return 0;
}
