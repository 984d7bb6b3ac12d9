#include "base/ban.h"

#include "base/asset.h"

#include <assert.h>

Str asset_get(const char *name) {
    const Asset *asset = assets;
    while (asset->name && strcmp(asset->name, name) != 0)
        asset++;
    assert(asset->name);
    return (Str){(const char *)asset->data, asset->size};
}
