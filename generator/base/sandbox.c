#define _GNU_SOURCE /* syscall, O_PATH */
#include "base/ban.h"

#include "base/sandbox.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fs_form.h"
#include "base/process.h"

/* The kernel's interface, spelled out because headers older than the kernel lack it
 * (docs.kernel.org/userspace-api/landlock.html). The numbers are those of every machine but Alpha.
 */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

#define ASK_VERSION  1u
#define PATH_BENEATH 1

typedef struct Ruleset {
    uint64_t handled;
} Ruleset;

typedef struct __attribute__((packed)) PathRule {
    uint64_t allowed;
    int32_t folder;
} PathRule;

enum {
    MAY_EXECUTE = 1 << 0,
    MAY_WRITE_FILE = 1 << 1,
    MAY_READ_FILE = 1 << 2,
    MAY_READ_DIR = 1 << 3,
    MAY_REMOVE_DIR = 1 << 4,
    MAY_REMOVE_FILE = 1 << 5,
    MAY_MAKE_DIR = 1 << 7,
    MAY_MAKE_REG = 1 << 8,
    MAY_REFER = 1 << 13,    /* version 2: links and renames from folder to folder */
    MAY_TRUNCATE = 1 << 14, /* version 3 */
    MAY_ALL_1 = (1 << 13) - 1,
    MAY_ALL_2 = MAY_ALL_1 | MAY_REFER,
    MAY_ALL_3 = MAY_ALL_2 | MAY_TRUNCATE,
    MAY_TO_FILES = MAY_EXECUTE | MAY_WRITE_FILE | MAY_READ_FILE | MAY_TRUNCATE,
};

static const uint64_t rights[] = {
    [SANDBOX_READ] = MAY_READ_FILE | MAY_READ_DIR,
    [SANDBOX_WRITE] = MAY_READ_FILE | MAY_READ_DIR | MAY_WRITE_FILE | MAY_REMOVE_DIR |
                      MAY_REMOVE_FILE | MAY_MAKE_DIR | MAY_MAKE_REG | MAY_REFER | MAY_TRUNCATE,
    [SANDBOX_FOLDERS] = MAY_REMOVE_DIR | MAY_MAKE_DIR | MAY_REFER,
};

/* What libraries load when they are first used: converters, modules, random bytes. */
static const char *const system_places[] = {"/usr",         "/lib",       "/lib64",
                                            "/nix/store",   "/gnu/store", "/dev/null",
                                            "/dev/urandom", "/etc/fonts", "/var/cache/fontconfig"};

/* Allows `may` below `path`. Something that cannot be opened stays closed, which is no harm. */
static void allow(int ruleset, const char *path, uint64_t may) {
    struct stat status;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return;
    if (fstat(place, &status) == 0 && !S_ISDIR(status.st_mode))
        may &= MAY_TO_FILES;
    PathRule rule = {may, place};
    syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH, &rule, 0);
    close(place);
}

bool sandbox_enter(const SandboxRule *rules, size_t count, Arena *arena) {
    const char *word = getenv("DOCSGEN_SANDBOX");
    if (word && strcmp(word, "off") == 0)
        return false;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    if (version < 1)
        return false;
    uint64_t all = version == 1 ? MAY_ALL_1 : version == 2 ? MAY_ALL_2 : MAY_ALL_3;
    Ruleset handled = {all};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (ruleset < 0)
        return false;
    for (size_t i = 0; i < sizeof system_places / sizeof *system_places; i++)
        allow(ruleset, system_places[i], rights[SANDBOX_READ] & all);
    for (size_t i = 0; i < count; i++) {
        char *folder = str_cstr(arena, rules[i].folder);
        if (rules[i].may != SANDBOX_READ) /* a failure shows when something is written there */
            fs_disk_make_folder(folder);
        allow(ruleset, folder, rights[rules[i].may] & all);
    }
    process_stay_outside();
    /* Without new privileges: what Landlock asks of a process that is not root's. */
    bool is_closed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                     syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return is_closed;
}
