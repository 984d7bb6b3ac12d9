#include "base/ban.h"

#include "diagram/model/style.h"

static void take(const StyleList *list, Str property, Str *value) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal_nocase(str_trim(list->rules[i].property), property))
            *value = str_trim(list->rules[i].value);
}

static void take_class(const Graph *graph, Str name, Str property, Str *value) {
    for (size_t i = 0; i < graph->class_count; i++)
        if (str_equal(graph->classes[i].name, name))
            take(&graph->classes[i].style, property, value);
}

Str style_find(const Graph *graph, StyleOwner owner, const char *property) {
    Str value = STR(""), name = str_from(property);
    if (owner.is_node)
        take_class(graph, STR("default"), name, &value);
    for (size_t i = 0; graph->class_count && i < owner.classes->count; i++)
        take_class(graph, owner.classes->items[i], name, &value);
    take(owner.own, name, &value);
    return value;
}
