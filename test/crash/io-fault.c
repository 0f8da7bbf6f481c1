// Makes one input or output call of a program fail: LD_PRELOAD this library, built by io-fault.ts.
//
//   IO_FAULT_DIR    only files below this folder count
//   IO_FAULT_AT     number of the call that fails, from 1; 0 fails none
//   IO_FAULT_STAYS  set: every call from there on fails
//   IO_FAULT_ERRNO  what it fails with: 28 disk full, 5 input/output error
//   IO_FAULT_LOG    at its end the program leaves the number of calls there; where one failed, its name and path too
//
// A full disk fails only what writes. Counted are the calls themselves, of all threads in the order they come.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 65536

static const char *folder;
static size_t folder_length;
static long fail_at;
static int fail_with;
static int stays;
static atomic_long calls;
static _Atomic(char *) path_of[FILES];

static void note(const char *name, const char *path) {
  const char *log = getenv("IO_FAULT_LOG");
  if (!log) return;
  char line[4400];
  int length = snprintf(line, sizeof line, "%s %s\n", name, path);
  int file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) return;
  syscall(SYS_write, file, line, (size_t)length);
  syscall(SYS_close, file);
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("IO_FAULT_DIR");
  folder_length = folder ? strlen(folder) : 0;
  fail_at = getenv("IO_FAULT_AT") ? atol(getenv("IO_FAULT_AT")) : 0;
  stays = getenv("IO_FAULT_STAYS") != NULL;
  fail_with = getenv("IO_FAULT_ERRNO") ? atoi(getenv("IO_FAULT_ERRNO")) : EIO;
}

__attribute__((destructor)) static void end(void) {
  char text[32];
  snprintf(text, sizeof text, "%ld", atomic_load(&calls));
  if (folder) note("calls", text);
}

static int is_ours(const char *path) { return folder && path && strncmp(path, folder, folder_length) == 0; }

static const char *path_at(int file) {
  return file >= 0 && file < FILES ? atomic_load(&path_of[file]) : NULL;
}

// Whether this call is the one; errno is set then.
static int fails(const char *name, const char *path, int writes) {
  if (!path || (fail_with == ENOSPC && !writes)) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (fail_at == 0 || (stays ? number < fail_at : number != fail_at)) return 0;
  if (number == fail_at) note(name, path);
  errno = fail_with;
  return 1;
}

static void remember(int file, const char *path) {
  if (file < 0 || file >= FILES) return;
  char *before = atomic_exchange(&path_of[file], is_ours(path) ? strdup(path) : NULL);
  (void)before; // Another thread may still be reading it: a few bytes a file are left.
}

#define REAL(result, name, ...)                                 \
  static result (*real)(__VA_ARGS__);                           \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPEN(name)                                                                                   \
  int name(const char *path, int flags, ...) {                                                       \
    REAL(int, name, const char *, int, ...);                                                         \
    mode_t mode = 0;                                                                                 \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                           \
      va_list more;                                                                                  \
      va_start(more, flags);                                                                         \
      mode = va_arg(more, mode_t);                                                                   \
      va_end(more);                                                                                  \
    }                                                                                                \
    if (is_ours(path) && fails(#name, path, flags & O_CREAT)) return -1;                             \
    int file = real(path, flags, mode);                                                              \
    remember(file, path);                                                                            \
    return file;                                                                                     \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                 \
  int name(int at, const char *path, int flags, ...) {                                               \
    REAL(int, name, int, const char *, int, ...);                                                    \
    mode_t mode = 0;                                                                                 \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                           \
      va_list more;                                                                                  \
      va_start(more, flags);                                                                         \
      mode = va_arg(more, mode_t);                                                                   \
      va_end(more);                                                                                  \
    }                                                                                                \
    if (is_ours(path) && fails(#name, path, flags & O_CREAT)) return -1;                             \
    int file = real(at, path, flags, mode);                                                          \
    remember(file, path);                                                                            \
    return file;                                                                                     \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int file) {
  REAL(int, close, int);
  if (file >= 0 && file < FILES) atomic_store(&path_of[file], NULL);
  return real(file);
}

#define ON_FILE(result, name, writes, parameters, arguments, types) \
  result name parameters {                                          \
    static result(*real) types;                                     \
    if (!real) real = (result(*) types)dlsym(RTLD_NEXT, #name);     \
    if (fails(#name, path_at(file), writes)) return -1;             \
    return real arguments;                                          \
  }
ON_FILE(ssize_t, write, 1, (int file, const void *bytes, size_t count), (file, bytes, count), (int, const void *, size_t))
ON_FILE(ssize_t, pwrite, 1, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at),
        (int, const void *, size_t, off_t))
ON_FILE(ssize_t, pwrite64, 1, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at),
        (int, const void *, size_t, off64_t))
ON_FILE(ssize_t, writev, 1, (int file, const struct iovec *parts, int count), (file, parts, count),
        (int, const struct iovec *, int))
ON_FILE(ssize_t, pwritev, 1, (int file, const struct iovec *parts, int count, off_t at), (file, parts, count, at),
        (int, const struct iovec *, int, off_t))
ON_FILE(ssize_t, pwritev64, 1, (int file, const struct iovec *parts, int count, off64_t at), (file, parts, count, at),
        (int, const struct iovec *, int, off64_t))
ON_FILE(ssize_t, read, 0, (int file, void *bytes, size_t count), (file, bytes, count), (int, void *, size_t))
ON_FILE(ssize_t, pread, 0, (int file, void *bytes, size_t count, off_t at), (file, bytes, count, at),
        (int, void *, size_t, off_t))
ON_FILE(ssize_t, pread64, 0, (int file, void *bytes, size_t count, off64_t at), (file, bytes, count, at),
        (int, void *, size_t, off64_t))
ON_FILE(int, fsync, 1, (int file), (file), (int))
ON_FILE(int, fdatasync, 1, (int file), (file), (int))
// A full disk lets a file get shorter: what DuckDB does to a log it takes back.
static int lengthens(int file, off64_t length) {
  struct stat64 now;
  return fstat64(file, &now) != 0 || length > now.st_size;
}
ON_FILE(int, ftruncate, lengthens(file, length), (int file, off_t length), (file, length), (int, off_t))
ON_FILE(int, ftruncate64, lengthens(file, length), (int file, off64_t length), (file, length), (int, off64_t))
ON_FILE(int, fallocate, 1, (int file, int mode, off_t from, off_t length), (file, mode, from, length),
        (int, int, off_t, off_t))
ON_FILE(int, fallocate64, 1, (int file, int mode, off64_t from, off64_t length), (file, mode, from, length),
        (int, int, off64_t, off64_t))

ssize_t copy_file_range(int from, off64_t *from_at, int file, off64_t *at, size_t count, unsigned flags) {
  REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
  if (fails("copy_file_range", path_at(file), 1)) return -1;
  return real(from, from_at, file, at, count, flags);
}

ssize_t sendfile64(int file, int from, off64_t *at, size_t count) {
  REAL(ssize_t, sendfile64, int, int, off64_t *, size_t);
  if (fails("sendfile", path_at(file), 1)) return -1;
  return real(file, from, at, count);
}

ssize_t sendfile(int file, int from, off_t *at, size_t count) {
  REAL(ssize_t, sendfile, int, int, off_t *, size_t);
  if (fails("sendfile", path_at(file), 1)) return -1;
  return real(file, from, at, count);
}

#define ON_PATH(name, parameters, arguments, ...)              \
  int name parameters {                                        \
    REAL(int, name, __VA_ARGS__);                              \
    if (is_ours(path) && fails(#name, path, 1)) return -1;     \
    return real arguments;                                     \
  }
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
ON_PATH(rename, (const char *path, const char *to), (path, to), const char *, const char *)
ON_PATH(link, (const char *path, const char *to), (path, to), const char *, const char *)
ON_PATH(unlink, (const char *path), (path), const char *)
ON_PATH(chmod, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
