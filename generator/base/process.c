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
                                words.taken, environ);
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

static bool spawn(const Process *process, int pipes[3][2], pid_t *child, int *error) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipes[2][1], STDERR_FILENO);
    Start start = {.words = process->words, .actions = &actions};
    start_program(&start);
    posix_spawn_file_actions_destroy(&actions);
    *child = start.child;
    *error = start.error;
    return start.error == 0;
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

/* Feeds and drains until the program has closed its ends. False when it writes too much. */
static bool talk(const Process *process, Ends *ends, Buf *output, Buf *errors) {
    Str input = process->input;
    if (input.size == 0)
        close_end(&ends->input);
    while (ends->output >= 0 || ends->errors >= 0) {
        struct pollfd polls[] = {{.fd = ends->input, .events = POLLOUT},
                                 {.fd = ends->output, .events = POLLIN},
                                 {.fd = ends->errors, .events = POLLIN}};
        if (poll(polls, 3, -1) < 0 && errno != EINTR)
            return true;
        if (ends->input >= 0 && polls[0].revents)
            feed(&ends->input, &input);
        if (ends->output >= 0 && polls[1].revents &&
            !drain(&ends->output, process->output_limit, output))
            return false;
        if (ends->errors >= 0 && polls[2].revents)
            drain(&ends->errors, ERRORS_LIMIT, errors);
    }
    return true;
}

static int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return 128;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
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
    int pipes[3][2], error = 0;
    pid_t child = 0;
    *result = (ProcessResult){.status = 127};
    if (!open_pipes(pipes)) {
        *why = str_format(arena, "no pipe: %s", strerror(errno));
        return false;
    }
    bool is_started = spawn(process, pipes, &child, &error);
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    Ends ends = {pipes[0][1], pipes[1][0], pipes[2][0]};
    Buf output = buf_new(arena), errors = buf_new(arena);
    bool is_whole = true;
    if (is_started) {
        /* A program that ends early must not end us by a signal. */
        struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
        sigaction(SIGPIPE, &ignore, &before);
        fcntl(ends.input, F_SETFL, O_NONBLOCK);
        is_whole = talk(process, &ends, &output, &errors);
        sigaction(SIGPIPE, &before, NULL);
        if (!is_whole)
            kill(child, SIGKILL);
    }
    close_end(&ends.input);
    close_end(&ends.output);
    close_end(&ends.errors);
    if (!is_started) {
        *why = error == ENOENT ? str_format(arena, "%s is not installed", process->words[0])
                               : str_format(arena, "%s: %s", process->words[0], strerror(error));
        return false;
    }
    result->status = wait_for(child);
    result->output = buf_str(&output);
    result->errors = buf_str(&errors);
    if (!is_whole)
        *why = str_format(arena, "%s wrote more than %zu KiB", process->words[0],
                          process->output_limit / 1024);
    return is_whole;
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
    Start start = {.words = words, .actions = &actions, .attributes = &attributes};
    start_program(&start);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (start.error != 0)
        *why = str_from(strerror(start.error));
    return start.error == 0;
}
