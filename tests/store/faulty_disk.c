/* A disk that fails at the n-th call, put before the C library by LD_PRELOAD. For tests only.
 *
 * Counted are the calls that change files under one folder: write, pwrite, writev, sendfile, fsync,
 * fdatasync, ftruncate, rename, unlink. Nothing fails until faulty_arm() was called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ONCE = 0, FULL = 1, STUCK = 2 };

static char folder[PATH_MAX];
static size_t folder_length;
static long calls, fails_at;
static int kind_of_fault, error_number, broken;

/* mode ONCE: that call alone fails; FULL: from then on nothing can be written, all else works;
 * STUCK: from then on every call fails. fails_at 0 only counts. */
void faulty_arm(const char *below, long at, int mode, int error)
{
    strncpy(folder, below, sizeof folder - 1);
    folder_length = strlen(folder);
    calls = 0;
    broken = 0;
    fails_at = at;
    kind_of_fault = mode;
    error_number = error;
}

void faulty_disarm(void) { folder_length = 0; }

long faulty_calls(void) { return calls; }

static int is_below(const char *path)
{
    return folder_length && path && strncmp(path, folder, folder_length) == 0;
}

static int concerns(int fd)
{
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (!folder_length)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_below(path);
}

static int must_fail(int writes)
{
    calls++;
    if (broken)
        return kind_of_fault == STUCK || (kind_of_fault == FULL && writes);
    if (!fails_at || calls < fails_at)
        return 0;
    if (kind_of_fault == FULL && !writes)
        return 0; /* the next call that writes meets the full disk */
    if (kind_of_fault == ONCE && calls != fails_at)
        return 0;
    broken = kind_of_fault != ONCE;
    return 1;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define FAIL_IF(condition) \
    do { \
        if (condition) { \
            errno = error_number; \
            return -1; \
        } \
    } while (0)

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, data, count);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, data, count, at);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, data, count, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, parts, count);
}

ssize_t sendfile(int to, int from, off_t *at, size_t count)
{
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    FAIL_IF(concerns(to) && must_fail(1));
    return real(to, from, at, count);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t count)
{
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    FAIL_IF(concerns(to) && must_fail(1));
    return real(to, from, at, count);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    FAIL_IF(concerns(fd) && must_fail(0));
    return real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    FAIL_IF(concerns(fd) && must_fail(0));
    return real(fd);
}

int ftruncate(int fd, off_t length)
{
    REAL(int, "ftruncate", int, off_t);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(int, "ftruncate64", int, off64_t);
    FAIL_IF(concerns(fd) && must_fail(1));
    return real(fd, length);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    FAIL_IF(is_below(to) && must_fail(0));
    return real(from, to);
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    FAIL_IF(is_below(path) && must_fail(0));
    return real(path);
}
