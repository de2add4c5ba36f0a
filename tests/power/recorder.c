/* What a program does to the disk, call by call: loaded before it, this notes each write, truncation, flush, rename, removal and
 * making below the folders of CLINICDESK_POWER_ROOTS (separated by colons) in the file CLINICDESK_POWER_LOG, in the order in
 * which they were done. With CLINICDESK_POWER_KILL the program is killed (SIGKILL) right before the call of that number.
 *
 * An entry: kind (1 byte), number of the file (8), place (8), length of the name (4) and of the bytes (4), all in this machine's
 * order; name; bytes. `src/power.rs` reads it. What is mapped into memory is not seen: of the product that is what readers
 * of the store share, and it is worth nothing after a power cut.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *roots, *place_of_log;
static int noted = -1;
static long done, killed_at = -1;

/* The system's own call of this name. */
#define REAL(name) ((__typeof__(&name))next(&real_##name, #name))
#define KNOWN(name) static void *real_##name
static void *next(void **known, const char *name) {
  if (!*known) *known = dlsym(RTLD_NEXT, name);
  return *known;
}

__attribute__((constructor)) static void begin(void) {
  const char *kill = getenv("CLINICDESK_POWER_KILL");
  roots = getenv("CLINICDESK_POWER_ROOTS");
  place_of_log = getenv("CLINICDESK_POWER_LOG");
  if (kill) killed_at = atol(kill);
  if (place_of_log) noted = (int)syscall(SYS_openat, AT_FDCWD, place_of_log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_ours(const char *path) {
  const char *root = roots;
  while (root && *root) {
    size_t length = strcspn(root, ":");
    if (length && !strncmp(path, root, length) && (path[length] == '/' || !path[length])) return 1;
    root += length + (root[length] == ':');
  }
  return 0;
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

/* `path` as it is from the root on, where it is ours. */
static int whole(int folder, const char *path, char *to) {
  if (path[0] == '/') {
    snprintf(to, PATH_MAX, "%s", path);
  } else {
    char parent[PATH_MAX];
    if (folder == AT_FDCWD) {
      if (!getcwd(parent, sizeof parent)) return 0;
    } else if (!path_of(folder, parent)) {
      return 0;
    }
    if (snprintf(to, PATH_MAX, "%s/%s", parent, path) >= PATH_MAX) return 0;
  }
  size_t length = strlen(to);
  while (length > 1 && to[length - 1] == '/') to[--length] = 0;
  return is_ours(to);
}

static void say(char kind, uint64_t number, uint64_t at, const char *name, size_t names, const void *bytes, size_t length) {
  if (noted < 0) return;
  char head[25];
  uint32_t lengths[2] = {(uint32_t)names, (uint32_t)length};
  head[0] = kind;
  memcpy(head + 1, &number, 8);
  memcpy(head + 9, &at, 8);
  memcpy(head + 17, lengths, 8);
  struct iovec parts[3] = {{head, sizeof head}, {(void *)name, names}, {(void *)bytes, length}};
  syscall(SYS_writev, noted, parts, 3);
}

/* Before each call that is ours, with the turn taken. */
static void step(void) {
  if (killed_at >= 0 && done == killed_at) kill(getpid(), SIGKILL);
  done++;
}

static uint64_t number_of(int file) {
  struct stat found;
  return fstat(file, &found) ? 0 : (uint64_t)found.st_ino;
}

static uint64_t number_at(const char *path) {
  struct stat found;
  return lstat(path, &found) ? 0 : (uint64_t)found.st_ino;
}

#define LOCKED(type, call)            \
  pthread_mutex_lock(&turn);          \
  step();                             \
  type result = call;                 \
  int kept_errno = errno
#define UNLOCKED                      \
  pthread_mutex_unlock(&turn);        \
  errno = kept_errno;                 \
  return result

/* Opening: a file that was not there is made, one that was may be emptied. */
static int opened(int folder, const char *path, int flags, mode_t mode) {
  char ours[PATH_MAX];
  if (!(flags & (O_CREAT | O_TRUNC)) || !whole(folder, path, ours)) {
    return (int)syscall(SYS_openat, folder, path, flags, mode);
  }
  pthread_mutex_lock(&turn);
  int was = number_at(ours) != 0;
  if (!was || (flags & O_TRUNC)) step();
  int file = (int)syscall(SYS_openat, folder, path, flags, mode);
  int kept_errno = errno;
  if (file >= 0 && !was) say('C', number_of(file), 0, ours, strlen(ours), "", 0);
  if (file >= 0 && was && (flags & O_TRUNC)) say('T', number_of(file), 0, "", 0, "", 0);
  pthread_mutex_unlock(&turn);
  errno = kept_errno;
  return file;
}

#define MODE(flags)                                \
  mode_t mode = 0;                                 \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {         \
    va_list rest;                                  \
    va_start(rest, flags);                         \
    mode = va_arg(rest, mode_t);                   \
    va_end(rest);                                  \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode); }

/* Writing. */
KNOWN(write);
ssize_t write(int file, const void *bytes, size_t length) {
  char path[PATH_MAX];
  if (file == noted || file <= 2 || !path_of(file, path)) return REAL(write)(file, bytes, length);
  LOCKED(ssize_t, REAL(write)(file, bytes, length));
  if (result > 0) say('W', number_of(file), (uint64_t)(lseek(file, 0, SEEK_CUR) - result), "", 0, bytes, (size_t)result);
  UNLOCKED;
}

KNOWN(pwrite64);
ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(pwrite64)(file, bytes, length, at);
  LOCKED(ssize_t, REAL(pwrite64)(file, bytes, length, at));
  if (result > 0) say('W', number_of(file), (uint64_t)at, "", 0, bytes, (size_t)result);
  UNLOCKED;
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return pwrite64(file, bytes, length, at); }

KNOWN(writev);
ssize_t writev(int file, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  if (file <= 2 || !path_of(file, path)) return REAL(writev)(file, parts, count);
  ssize_t all = 0;
  for (int part = 0; part < count; part++) {
    ssize_t written = write(file, parts[part].iov_base, parts[part].iov_len);
    if (written < 0) return all ? all : written;
    all += written;
    if ((size_t)written < parts[part].iov_len) break;
  }
  return all;
}

/* Whoever copies within the system is asked to write instead. */
ssize_t copy_file_range(int from, off64_t *read, int to, off64_t *written, size_t length, unsigned flags) {
  (void)from, (void)read, (void)to, (void)written, (void)length, (void)flags;
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
  (void)to, (void)from, (void)at, (void)length;
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sendfile(to, from, (off_t *)at, length); }

KNOWN(ftruncate64);
int ftruncate64(int file, off_t length) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(ftruncate64)(file, length);
  LOCKED(int, REAL(ftruncate64)(file, length));
  if (!result) say('T', number_of(file), (uint64_t)length, "", 0, "", 0);
  UNLOCKED;
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

/* Flushing. */
static int flushed(int file, int (*flush)(int)) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return flush(file);
  LOCKED(int, flush(file));
  struct stat found;
  if (!result && !fstat(file, &found)) {
    int folder = S_ISDIR(found.st_mode);
    say(folder ? 'D' : 'S', (uint64_t)found.st_ino, 0, path, folder ? strlen(path) : 0, "", 0);
  }
  UNLOCKED;
}
KNOWN(fsync);
int fsync(int file) { return flushed(file, REAL(fsync)); }
KNOWN(fdatasync);
int fdatasync(int file) { return flushed(file, REAL(fdatasync)); }

/* Names. */
static int renamed(int from_in, const char *from, int to_in, const char *to, unsigned flags) {
  char one[PATH_MAX], other[PATH_MAX];
  if (!whole(from_in, from, one) || !whole(to_in, to, other)) {
    return (int)syscall(SYS_renameat2, from_in, from, to_in, to, flags);
  }
  LOCKED(int, (int)syscall(SYS_renameat2, from_in, from, to_in, to, flags));
  if (!result) say('R', 0, 0, one, strlen(one), other, strlen(other));
  UNLOCKED;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_in, const char *from, int to_in, const char *to) { return renamed(from_in, from, to_in, to, 0); }
int renameat2(int from_in, const char *from, int to_in, const char *to, unsigned flags) {
  return renamed(from_in, from, to_in, to, flags);
}

static int removed(int folder, const char *path, int flags) {
  char ours[PATH_MAX];
  if (!whole(folder, path, ours)) return (int)syscall(SYS_unlinkat, folder, path, flags);
  LOCKED(int, (int)syscall(SYS_unlinkat, folder, path, flags));
  if (!result) say('U', 0, 0, ours, strlen(ours), "", 0);
  UNLOCKED;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int folder, const char *path, mode_t mode) {
  char ours[PATH_MAX];
  if (!whole(folder, path, ours)) return (int)syscall(SYS_mkdirat, folder, path, mode);
  LOCKED(int, (int)syscall(SYS_mkdirat, folder, path, mode));
  if (!result) say('M', number_at(ours), 0, ours, strlen(ours), "", 0);
  UNLOCKED;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }
