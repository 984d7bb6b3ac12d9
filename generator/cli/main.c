#include "base/ban.h"

int main(void) {
    fputs("docsgen " DOCSGEN_VERSION "\n", stdout);
    return 0;
}
