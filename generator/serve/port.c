#include "base/ban.h"

#include "serve/port.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Connections that wait to be taken; more than the clients that a preview has to stand. */
#define BACKLOG 512

typedef union SocketAddress {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage room;
} SocketAddress;

static void set_port(SocketAddress *address, uint16_t number) {
    if (address->any.sa_family == AF_INET)
        address->v4.sin_port = htons(number);
    else
        address->v6.sin6_port = htons(number);
}

static uint16_t get_port(const SocketAddress *address) {
    return ntohs(address->any.sa_family == AF_INET ? address->v4.sin_port : address->v6.sin6_port);
}

static bool is_loopback(const SocketAddress *address) {
    if (address->any.sa_family == AF_INET)
        return ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
}

/* "Every address" is none that a browser can go to; the loopback is among them. */
static Str host_for_browser(const SocketAddress *address, Arena *arena) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address->any.sa_family == AF_INET) {
        if (address->v4.sin_addr.s_addr == htonl(INADDR_ANY))
            return STR("127.0.0.1");
        inet_ntop(AF_INET, &address->v4.sin_addr, text, sizeof text);
        return str_format(arena, "%s", text);
    }
    if (IN6_IS_ADDR_UNSPECIFIED(&address->v6.sin6_addr))
        return STR("[::1]");
    inet_ntop(AF_INET6, &address->v6.sin6_addr, text, sizeof text);
    return str_format(arena, "[%s]", text);
}

static bool resolve(Str host, Arena *arena, SocketAddress *address, socklen_t *size, Str *why) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    int error = getaddrinfo(str_cstr(arena, host), "0", &hints, &found);
    if (error != 0) {
        *why = str_from(gai_strerror(error));
        return false;
    }
    *size = found->ai_addrlen;
    memcpy(&address->room, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return true;
}

/* A listening descriptor, or -1 with errno. */
static int try_port(const SocketAddress *address, socklen_t size) {
    int descriptor = socket(address->any.sa_family, SOCK_STREAM, 0);
    if (descriptor < 0)
        return -1;
    int yes = 1;
    /* A port whose last connections are still fading away is free. */
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    if (bind(descriptor, &address->any, size) == 0 && listen(descriptor, BACKLOG) == 0)
        return descriptor;
    int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

bool port_open(const PortWish *wish, Arena *arena, Port *port, Str *why) {
    SocketAddress address = {0};
    socklen_t size;
    if (!resolve(wish->host, arena, &address, &size, why)) {
        *why = str_format(arena, "no address \"%.*s\": %.*s", STR_FMT(wish->host), STR_FMT(*why));
        return false;
    }
    uint16_t number = wish->number;
    *port = (Port){.descriptor = -1};
    for (unsigned i = 0; i < wish->tries; i++) {
        set_port(&address, number);
        port->descriptor = try_port(&address, size);
        if (port->descriptor >= 0 || errno != EADDRINUSE || number == UINT16_MAX)
            break;
        number++;
    }
    if (port->descriptor < 0) {
        *why = str_format(arena, "cannot listen on %.*s port %u: %s", STR_FMT(wish->host), number,
                          strerror(errno));
        return false;
    }
    getsockname(port->descriptor, &address.any, &size);
    port->number = get_port(&address);
    port->is_loopback = is_loopback(&address);
    Str host = host_for_browser(&address, arena);
    port->address = str_format(arena, "http://%.*s:%u/", STR_FMT(host), port->number);
    return true;
}
