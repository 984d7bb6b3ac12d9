#include "base/ban.h"

#include "base/asset.h"

#include <assert.h>

Str asset_get(const char *name) {
    for (const Asset *asset = assets; asset->name; asset++)
        if (str_equal(str_from(asset->name), str_from(name)))
            return (Str){(const char *)asset->data, asset->size};
    assert(!"no such asset");
    return (Str){NULL, 0};
}
