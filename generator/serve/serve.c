#include "base/ban.h"

#include "serve/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/map.h"
#include "base/process.h"
#include "serve/port.h"
#include "serve/server.h"
#include "serve/watch.h"
#include "site/build.h"

/* An editor's save is a burst of events: a build begins when the burst has paused for so long, or
 * lasted for so long. Both are short, because a build in the middle of a burst only costs a second
 * build. */
#define PAUSE_MS 10
#define BURST_MS 60

#define BEAT_MS    15000
#define PORT_TRIES 100u

typedef struct Serve {
    const ServeJob *job;
    Arena *arena;
    Port port;
    Server *server;
    Watch *watch;
    int signals; /* readable when the user wants to end */
} Serve;

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(const char *what, Str text) {
    fprintf(stderr, "docsgen: %s%.*s\n", what, STR_FMT(text));
}

/* Watches what the settings name. It comes before the build, so that a change during the build is
 * not lost. */
static void watch_sources(Serve *serve, const ServeRound *round) {
    Str why = {0};
    watch_begin(serve->watch, fs_root(round->fs));
    bool is_watched = watch_file(serve->watch, round->settings, &why);
    for (size_t i = 0; i < round->folder_count; i++)
        is_watched =
            watch_folder(serve->watch, round->folders[i], round->output, &why) && is_watched;
    if (!is_watched)
        say("some changes will not be seen: ", why);
}

/* Files elsewhere that pages show or link to are known after the build. */
static void watch_shown_files(Serve *serve, const Site *site) {
    Str why = {0};
    for (size_t i = 0; i < map_count(site->file_index); i++)
        watch_file(serve->watch, map_key(site->file_index, i), &why);
}

/* One build. False when there is no site to show. */
static bool run_round(Serve *serve, Str changed) {
    const ServeJob *job = serve->job;
    Arena *arena = arena_new();
    ServeRound round = {.arena = arena, .address = serve->port.address};
    round.changed = str_copy(arena, changed);
    job->read(job->context, &round);
    if (round.fs)
        watch_sources(serve, &round);
    job->build(job->context, &round);
    Site *site = round.site;
    Str findings = round.findings;
    if (site) {
        watch_shown_files(serve, site);
        server_show(serve->server, (ServerBuild){arena, site, round.fs});
    }
    /* Without a site the pages stay and show why. */
    bool is_shown = site || changed.size;
    if (is_shown)
        server_tell(serve->server, findings);
    if (!site)
        arena_free(arena);
    return is_shown;
}

/* Waits until something happens: true when a build is wanted. */
static bool wait_for_change(Serve *serve, bool *is_ending, Str *changed) {
    struct pollfd polls[] = {{.fd = serve->signals, .events = POLLIN},
                             {.fd = watch_descriptor(serve->watch), .events = POLLIN}};
    if (poll(polls, 2, BEAT_MS) == 0) {
        server_beat(serve->server);
        return false;
    }
    *is_ending = polls[0].revents != 0;
    if (*is_ending || !polls[1].revents || !watch_read(serve->watch, changed))
        return false;
    int64_t end = now_ms() + BURST_MS;
    Str other;
    while (now_ms() < end && poll(&polls[1], 1, PAUSE_MS) > 0)
        watch_read(serve->watch, &other);
    return true;
}

/* Leaves the browser to itself. */
static void open_browser(const Serve *serve) {
    const char *const words[] = {"xdg-open", str_cstr(serve->arena, serve->port.address), NULL};
    Str why;
    if (!process_start(words, &why))
        say("no browser was opened: ", why);
}

static void loop(Serve *serve) {
    bool is_ending = false;
    while (!is_ending) {
        Str changed = {0};
        if (wait_for_change(serve, &is_ending, &changed))
            run_round(serve, changed.size ? changed : STR("."));
    }
}

static void print_start(const Serve *serve) {
    const ServeJob *job = serve->job;
    if (job->port && serve->port.number != job->port)
        fprintf(stderr, "docsgen: port %d is taken, so it is %u\n", (int)job->port,
                serve->port.number);
    if (!serve->port.is_loopback)
        say("every machine of the network can read these pages, because of --host ", job->host);
    if (!job->is_quiet)
        fprintf(stderr, "serving %.*s (Ctrl-C ends)\n", STR_FMT(serve->port.address));
}

/* Ctrl-C becomes something to be waited for. Comes before any thread, which inherits it. */
static int take_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    /* A client that goes away in the middle of an answer is no reason to end. */
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static ServeEnd run(Serve *serve, Str *why) {
    if (!run_round(serve, STR("")))
        return SERVE_NO_SITE;
    if (!server_start(serve->server, &serve->port)) {
        *why = STR("the server did not start");
        return SERVE_NO_SERVER;
    }
    print_start(serve);
    if (serve->job->opens)
        open_browser(serve);
    loop(serve);
    return SERVE_ENDED;
}

ServeEnd serve_run(const ServeJob *job, Arena *arena, Str *why) {
    Serve serve = {.job = job, .arena = arena, .signals = take_signals()};
    PortWish wish = {job->host, (uint16_t)job->port, PORT_TRIES};
    serve.watch = watch_new(arena, why);
    if (!serve.watch) {
        *why = str_format(arena, "cannot watch for changes: %.*s", STR_FMT(*why));
        return SERVE_NO_SERVER;
    }
    ServeEnd end = SERVE_NO_SERVER;
    if (port_open(&wish, arena, &serve.port, why)) {
        serve.server = server_new(job->host, &serve.port, arena);
        end = run(&serve, why);
        server_stop(serve.server);
    }
    watch_free(serve.watch);
    close(serve.signals);
    return end;
}
