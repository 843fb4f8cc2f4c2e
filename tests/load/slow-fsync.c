/* A disk that means it: every fsync and fdatasync takes FSYNC_DELAY_US longer. Preloaded into the measured process only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_disk(void)
{
    const char *us = getenv("FSYNC_DELAY_US");
    long delay = us ? atol(us) : 1000;
    struct timespec t = { delay / 1000000, (delay % 1000000) * 1000 };
    nanosleep(&t, NULL);
}

int fsync(int fd)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_disk();
    return real(fd);
}

int fdatasync(int fd)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_disk();
    return real(fd);
}
