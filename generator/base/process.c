#include "base/ban.h"

#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

#define CHUNK        ((size_t)64 * 1024) /* bytes taken from a pipe at once */
#define ERRORS_LIMIT ((size_t)64 * 1024) /* of what a program complains; the rest is dropped */

extern char **environ;

/* The three ends that we hold of a running program; -1: closed. */
typedef struct Ends {
    int input, output, errors;
} Ends;

static void close_end(int *end) {
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* A pipe that no other child inherits. */
static bool open_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    return true;
}

/* One program to be started. */
typedef struct Start {
    const char *const *words;
    char *const *environment;
    const posix_spawn_file_actions_t *actions;
    const posix_spawnattr_t *attributes; /* NULL: the usual ones */
    pid_t child;
    int error;
    bool is_done;
} Start;

static void start_here(Start *start) {
    /* posix_spawnp promises not to change the words; its type is older than const. */
    union {
        const char *const *given;
        char *const *taken;
    } words = {.given = start->words};
    start->error = posix_spawnp(&start->child, words.given[0], start->actions, start->attributes,
                                words.taken, start->environment);
}

/* The thread that stays outside; it lasts as long as the process. */
static struct Outside {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_there;
    Start *wanted; /* NULL: nobody waits for it */
} outside = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, NULL};

static void *stand_outside(void *unused) {
    pthread_mutex_lock(&outside.lock);
    for (;;) {
        while (!outside.wanted)
            pthread_cond_wait(&outside.changed, &outside.lock);
        start_here(outside.wanted);
        outside.wanted->is_done = true;
        outside.wanted = NULL;
        pthread_cond_broadcast(&outside.changed);
    }
    return unused;
}

void process_stay_outside(void) {
    pthread_t thread;
    pthread_mutex_lock(&outside.lock);
    if (!outside.is_there && pthread_create(&thread, NULL, stand_outside, NULL) == 0) {
        pthread_detach(thread);
        outside.is_there = true;
    }
    pthread_mutex_unlock(&outside.lock);
}

static void start_program(Start *start) {
    pthread_mutex_lock(&outside.lock);
    if (!outside.is_there) {
        start_here(start);
        pthread_mutex_unlock(&outside.lock);
        return;
    }
    while (outside.wanted)
        pthread_cond_wait(&outside.changed, &outside.lock);
    outside.wanted = start;
    pthread_cond_broadcast(&outside.changed);
    while (!start->is_done)
        pthread_cond_wait(&outside.changed, &outside.lock);
    pthread_mutex_unlock(&outside.lock);
}

/* What the program finds in its environment: ours, but for the language (POSIX, base definitions,
 * section 8.2: LC_ALL counts before all others). */
static char *const *environment_of(const Process *process, Arena *arena) {
    static char language[] = "LC_ALL=C";
    size_t count = 0, kept = 0;
    if (!process->is_in_english)
        return environ;
    while (environ[count])
        count++;
    char **own = ARENA_ARRAY(arena, char *, count + 2);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "LC_ALL=", strlen("LC_ALL=")) != 0)
            own[kept++] = environ[i];
    own[kept] = language;
    return own;
}

/* A program that is started, and why it could not be. */
typedef struct Spawned {
    pid_t child;
    int error; /* errno; 0: it runs */
} Spawned;

static Spawned spawn(const Process *process, int pipes[3][2], Arena *arena) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipes[2][1], STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    if (process->timeout_ms) {
        /* A group of its own can be ended as a whole. */
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    }
    Start start = {.words = process->words,
                   .environment = environment_of(process, arena),
                   .actions = &actions,
                   .attributes = &attributes};
    start_program(&start);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return (Spawned){start.child, start.error};
}

/* Takes what is there. Closes the end when there will be no more; false when `limit` is passed. */
static bool drain(int *end, size_t limit, Buf *out) {
    char chunk[CHUNK];
    ssize_t size = read(*end, chunk, sizeof chunk);
    if (size < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (size <= 0) {
        close_end(end);
        return true;
    }
    size_t room = out->size < limit ? limit - out->size : 0;
    size_t kept = (size_t)size < room ? (size_t)size : room;
    buf_add(out, (Str){chunk, kept});
    return kept == (size_t)size;
}

/* Gives the program what its pipe has room for; it may stop reading at any time. */
static void feed(int *end, Str *input) {
    ssize_t size = write(*end, input->data, input->size);
    if (size > 0)
        *input = str_from_offset(*input, (size_t)size);
    else if (size < 0 && errno != EINTR && errno != EAGAIN)
        input->size = 0;
    if (input->size == 0)
        close_end(end);
}

/* ---- a program with a limit of time ---- */

#define TICK_MS 200 /* how often the clock is looked at */

/* The signal that asked us to end while a program ran; 0: none. */
static volatile sig_atomic_t caught;

static void on_signal(int signal_number) {
    caught = signal_number;
}

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};
#define ENDING_COUNT (sizeof endings / sizeof *endings)

/* What talking to a program came to. */
typedef enum Talk {
    TALK_DONE,
    TALK_TOO_MUCH,
    TALK_TOO_LONG,
    TALK_ENDED, /* somebody wants us to end */
} Talk;

typedef struct Watch {
    const Process *process;
    pid_t child;
    struct timespec start;
    bool has_ended; /* the child, though somebody still holds its ends */
    int status;
} Watch;

static int64_t elapsed_ms(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* Looks at the clock when nothing was said for a while. A browser may leave helpers behind that
 * hold its ends: when it has ended itself there is nothing to wait for. */
static Talk look(Watch *watch, bool was_silent) {
    if (!watch->process->timeout_ms)
        return TALK_DONE;
    if (caught)
        return TALK_ENDED;
    if (elapsed_ms(&watch->start) > watch->process->timeout_ms)
        return TALK_TOO_LONG;
    if (was_silent && waitpid(watch->child, &watch->status, WNOHANG) == watch->child)
        watch->has_ended = true;
    return TALK_DONE;
}

/* Feeds and drains until the program has closed its ends. */
static Talk talk(Watch *watch, Ends *ends, Buf *output, Buf *errors) {
    const Process *process = watch->process;
    Str input = process->input;
    if (input.size == 0)
        close_end(&ends->input);
    while ((ends->output >= 0 || ends->errors >= 0) && !watch->has_ended) {
        struct pollfd polls[] = {{.fd = ends->input, .events = POLLOUT},
                                 {.fd = ends->output, .events = POLLIN},
                                 {.fd = ends->errors, .events = POLLIN}};
        int count = poll(polls, 3, process->timeout_ms ? TICK_MS : -1);
        if (count < 0 && errno != EINTR)
            return TALK_DONE;
        Talk end = look(watch, count == 0);
        if (end != TALK_DONE)
            return end;
        if (ends->input >= 0 && polls[0].revents)
            feed(&ends->input, &input);
        if (ends->output >= 0 && polls[1].revents &&
            !drain(&ends->output, process->output_limit, output))
            return TALK_TOO_MUCH;
        if (ends->errors >= 0 && polls[2].revents)
            drain(&ends->errors, ERRORS_LIMIT, errors);
    }
    return TALK_DONE;
}

/* The same, while signals that would end the program or us are held. */
static Talk talk_safely(Watch *watch, Ends *ends, Buf *output, Buf *errors) {
    /* A program that ends early must not end us by a signal. */
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before, note = {.sa_handler = on_signal};
    struct sigaction endings_before[ENDING_COUNT];
    bool is_timed = watch->process->timeout_ms != 0;
    caught = 0;
    sigaction(SIGPIPE, &ignore, &before);
    for (size_t i = 0; is_timed && i < ENDING_COUNT; i++)
        sigaction(endings[i], &note, &endings_before[i]);
    fcntl(ends->input, F_SETFL, O_NONBLOCK);
    Talk end = talk(watch, ends, output, errors);
    for (size_t i = 0; is_timed && i < ENDING_COUNT; i++)
        sigaction(endings[i], &endings_before[i], NULL);
    sigaction(SIGPIPE, &before, NULL);
    if (end != TALK_DONE || watch->has_ended)
        kill(is_timed ? -watch->child : watch->child, SIGKILL);
    return end;
}

static int wait_for(Watch *watch) {
    int status = watch->status;
    while (!watch->has_ended && waitpid(watch->child, &status, 0) < 0) {
        if (errno != EINTR)
            return 128;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static Str say_why(const Process *process, Talk end, Arena *arena) {
    const char *name = process->words[0];
    switch (end) {
    case TALK_DONE: break;
    case TALK_TOO_MUCH:
        return str_format(arena, "%s wrote more than %zu KiB", name, process->output_limit / 1024);
    case TALK_TOO_LONG:
        return str_format(arena, "%s took longer than %d s", name, process->timeout_ms / 1000);
    case TALK_ENDED: return str_format(arena, "%s was interrupted", name);
    }
    return STR("");
}

/* Opens the three pipes; all or none. */
static bool open_pipes(int pipes[3][2]) {
    for (int i = 0; i < 3; i++) {
        if (open_pipe(pipes[i]))
            continue;
        while (i-- > 0) {
            close(pipes[i][0]);
            close(pipes[i][1]);
        }
        return false;
    }
    return true;
}

bool process_run(const Process *process, Arena *arena, ProcessResult *result, Str *why) {
    int pipes[3][2];
    *result = (ProcessResult){.status = 127};
    if (!open_pipes(pipes)) {
        *why = str_format(arena, "no pipe: %s", strerror(errno));
        return false;
    }
    Spawned spawned = spawn(process, pipes, arena);
    int error = spawned.error;
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    Ends ends = {pipes[0][1], pipes[1][0], pipes[2][0]};
    Buf output = buf_new(arena), errors = buf_new(arena);
    Watch watch = {.process = process, .child = spawned.child};
    Talk end = TALK_DONE;
    if (error == 0) {
        clock_gettime(CLOCK_MONOTONIC, &watch.start);
        end = talk_safely(&watch, &ends, &output, &errors);
    }
    close_end(&ends.input);
    close_end(&ends.output);
    close_end(&ends.errors);
    if (error != 0) {
        *why = error == ENOENT ? str_format(arena, "%s is not installed", process->words[0])
                               : str_format(arena, "%s: %s", process->words[0], strerror(error));
        return false;
    }
    result->status = wait_for(&watch);
    result->output = buf_str(&output);
    result->errors = buf_str(&errors);
    if (end != TALK_DONE)
        *why = say_why(process, end, arena);
    return end == TALK_DONE;
}

Str process_find(Str name, Arena *arena) {
    const char *path = getenv("PATH");
    if (str_find_char(name, '/', 0) != STR_NONE)
        return access(str_cstr(arena, name), X_OK) == 0 ? name : STR("");
    for (Str rest = str_from(path ? path : ""); rest.size;) {
        Str folder = str_cut(&rest, ':');
        char *place =
            str_cstr(arena, str_format(arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(name)));
        if (folder.size && access(place, X_OK) == 0)
            return str_from(place);
    }
    return STR("");
}

bool process_start(const char *const *words, Str *why) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    /* What we do with signals is not its affair, and a Ctrl-C for us is none for it. */
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP);
    Start start = {
        .words = words, .environment = environ, .actions = &actions, .attributes = &attributes};
    start_program(&start);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (start.error != 0)
        *why = str_from(strerror(start.error));
    return start.error == 0;
}
