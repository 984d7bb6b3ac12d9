/* port.h: a socket that listens.
 * In: host and port as the user gave them. Out: a descriptor and the port it got. */
#ifndef SERVE_PORT_H
#define SERVE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Port {
    int descriptor;
    uint16_t number;
    bool is_loopback; /* only this machine can connect */
    Str address;      /* "http://127.0.0.1:8000/", fit for a browser on this machine */
} Port;

/* Listens on the first free port from `number` on, at most `tries` of them. False with a reason. */
/* What is asked for. */
typedef struct PortWish {
    Str host;
    uint16_t number; /* 0: any */
    unsigned tries;  /* how many ports from `number` on may be taken */
} PortWish;

/* Listens on the first of them that is free. False with a reason. */
bool port_open(const PortWish *wish, Arena *arena, Port *port, Str *why);

#endif
