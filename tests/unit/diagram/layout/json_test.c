/* What `--format layout` says of a drawing: every text has its box there, and no two of them touch.
 * Read back from the JSON, as a tool that measures drawings would. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "data/yaml.h"
#include "diagram/diagram.h"
#include "diagram/layout/layout.h"
#include "diagram/scene/sequence.h"
#include "diagram/text/text.h"
#include "unit/diagram/layout/sequence_chance.h"

#include <cmocka.h>

#define SEEDS     100
#define TEXTS_MAX 4000

typedef struct Texts {
    Box boxes[TEXTS_MAX];
    size_t count;
} Texts;

static Str layout_of(Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    const Diagram *diagram = diagram_compile(source_new(arena, STR("a.mmd"), text), arena, diags);
    Buf buf = buf_new(arena);
    assert_true(diagram->is_drawn);
    layout_write_json(diagram->scene, &buf);
    return buf_str(&buf);
}

/* ---- The form ---- */

static Str replaced(Str text, Str old, const char *new, Arena *arena) {
    Buf buf = buf_new(arena);
    for (size_t at = 0; at < text.size;) {
        size_t next = str_find(text, old, at);
        buf_add(&buf, str_slice(text, at, next == STR_NONE ? text.size : next));
        if (next != STR_NONE)
            buf_add_text(&buf, new);
        at = next == STR_NONE ? text.size : next + old.size;
    }
    return buf_str(&buf);
}

/* `#` for each number, `@` for each box. */
static Str without_numbers(Str text, Arena *arena) {
    static const char *const boxes[] = {"{\"x\": #, \"y\": #, \"w\": #, \"h\": #}",
                                        "\"x\": #, \"y\": #, \"w\": #, \"h\": #"};
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < text.size; i++) {
        bool is_part = (text.data[i] >= '0' && text.data[i] <= '9') || text.data[i] == '.';
        bool is_name = i > 0 && strchr("em~", text.data[i - 1]);
        if (!is_part || is_name)
            buf_add_char(&buf, text.data[i]);
        else if (i == 0 || buf.data[buf.size - 1] != '#')
            buf_add_char(&buf, '#');
    }
    Str form = buf_str(&buf);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        form = replaced(form, str_from(boxes[i]), "@", arena);
    return form;
}

static void test_form(void **state) {
    (void)state;
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"classDiagram\n"
         "A \"1\" --> \"*\" B : has\n"
         "B : +size\n",
         "{\"width\": #, \"height\": #, \"fontSize\": #,\n"
         "  \"nodes\": [\n"
         "    {\"id\": \"A\", @, \"parent\": null, \"shape\": \"rect\", \"label\": @},\n"
         "    {\"id\": \"B\", @, \"parent\": null, \"shape\": \"rect\", \"label\": @, "
         "\"texts\": [@]}],\n"
         "  \"groups\": [],\n"
         "  \"edges\": [\n"
         "    {\"id\": \"e0\", \"from\": \"A\", \"to\": \"B\", \"points\": [[#, #], [#, #]], "
         "\"label\": @, \"startLabel\": @, \"endLabel\": @}]}\n"},
        {"flowchart TB\n" /* one id twice: two groups, told apart */
         "subgraph s\nA\nend\n"
         "subgraph s\nB\nend\n",
         "{\"width\": #, \"height\": #, \"fontSize\": #,\n"
         "  \"nodes\": [\n"
         "    {\"id\": \"A\", @, \"parent\": \"s\", \"shape\": \"rect\", \"label\": @},\n"
         "    {\"id\": \"B\", @, \"parent\": \"s~2\", \"shape\": \"rect\", \"label\": @}],\n"
         "  \"groups\": [\n"
         "    {\"id\": \"s\", @, \"parent\": null, \"label\": @},\n"
         "    {\"id\": \"s~2\", @, \"parent\": null, \"label\": @}],\n"
         "  \"edges\": []}\n"},
        {"sequenceDiagram\n"
         "title: All of it\n"
         "box Two\n"
         "actor A\n"
         "end\n"
         "autonumber\n"
         "A->>+A: look\n"
         "rect red\n"
         "create participant B\n"
         "A->>B: make\n"
         "opt now\n"
         "Note over A: n\n"
         "end\n"
         "end\n"
         "destroy B\n"
         "B->>A: x\n"
         "deactivate A\n",
         "{\"width\": #, \"height\": #, \"fontSize\": #, \"title\": @,\n"
         "  \"nodes\": [],\n"
         "  \"groups\": [],\n"
         "  \"edges\": [],\n"
         "  \"boxes\": [\n"
         "    {@, \"label\": @}],\n"
         "  \"frames\": [\n"
         "    {\"kind\": \"rect\", @, \"parent\": null, \"label\": null, \"sections\": []},\n"
         "    {\"kind\": \"opt\", @, \"parent\": #, \"label\": @, \"sections\": [{\"y\": #, "
         "\"label\": @}]}],\n"
         "  \"lifelines\": [\n"
         "    @,\n"
         "    @],\n"
         "  \"activations\": [\n"
         "    @],\n"
         "  \"ends\": [[#, #]],\n"
         "  \"notes\": [\n"
         "    {@, \"label\": @}],\n"
         "  \"messages\": [\n"
         "    {\"id\": \"m0\", \"from\": \"A\", \"to\": \"A\", \"points\": [[#, #], [#, #], [#, "
         "#], [#, #]], \"label\": @, \"number\": @},\n"
         "    {\"id\": \"m1\", \"from\": \"A\", \"to\": \"B\", \"points\": [[#, #], [#, #]], "
         "\"label\": @, \"number\": @},\n"
         "    {\"id\": \"m2\", \"from\": \"B\", \"to\": \"A\", \"points\": [[#, #], [#, #]], "
         "\"label\": @, \"number\": @}],\n"
         "  \"participants\": [\n"
         "    {\"id\": \"A\", \"kind\": \"actor\", \"first\": true, @, \"label\": @},\n"
         "    {\"id\": \"B\", \"kind\": \"participant\", \"first\": true, @, \"label\": @}]}\n"},
        {"---\n"
         "docsgen:\n"
         "  legend:\n"
         "    blue: ours\n"
         "---\n"
         "flowchart TB\n"
         "a:::blue\n",
         "{\"width\": #, \"height\": #, \"fontSize\": #,\n"
         "  \"nodes\": [\n"
         "    {\"id\": \"a\", @, \"parent\": null, \"shape\": \"rect\", \"label\": @}],\n"
         "  \"groups\": [],\n"
         "  \"edges\": [],\n"
         "  \"legend\": [\n"
         "    {\"key\": \"blue\", @, \"label\": @}]}\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str found = without_numbers(layout_of(str_from(cases[i].text), arena), arena);
        Str zero = str_format(arena, "%.*s%c", STR_FMT(found), '\0');
        assert_string_equal(zero.data, cases[i].json);
    }
    arena_free(arena);
}

/* ---- All texts are there ---- */

static double number(const YamlNode *node, const char *key) {
    const YamlNode *value = yaml_find(node, key);
    assert_non_null(value);
    return strtod(value->text.data, NULL);
}

static void add_box(Texts *texts, const YamlNode *node) {
    assert_true(texts->count < TEXTS_MAX);
    texts->boxes[texts->count++] = (Box){(Coord)(number(node, "x") * COORD_PER_PX + 0.5),
                                         (Coord)(number(node, "y") * COORD_PER_PX + 0.5),
                                         (Coord)(number(node, "w") * COORD_PER_PX + 0.5),
                                         (Coord)(number(node, "h") * COORD_PER_PX + 0.5)};
}

static bool is_text_key(Str key) {
    return str_equal(key, STR("label")) || str_equal(key, STR("startLabel")) ||
           str_equal(key, STR("endLabel")) || str_equal(key, STR("number")) ||
           str_equal(key, STR("title"));
}

/* Every box under a key that stands for a text, wherever it lies. */
static void collect(Texts *texts, const YamlNode *node) {
    for (size_t i = 0; i < node->count; i++) {
        const YamlNode *value = node->values[i];
        bool is_text = node->kind == YAML_MAP && is_text_key(node->keys[i]->text);
        if (is_text && value->kind == YAML_MAP)
            add_box(texts, value);
        else if (node->kind == YAML_MAP && str_equal(node->keys[i]->text, STR("texts")))
            for (size_t k = 0; k < value->count; k++)
                add_box(texts, value->values[k]);
        else
            collect(texts, value);
    }
}

static size_t one(const SceneText *text) {
    return text->block.line_count > 0;
}

static size_t count_sequence(const SceneSequence *scene) {
    size_t count = 0;
    for (size_t i = 0; i < scene->band_count; i++)
        count += one(&scene->bands[i].title);
    for (size_t i = 0; i < scene->head_count; i++)
        count += one(&scene->heads[i].text);
    for (size_t i = 0; i < scene->note_count; i++)
        count += one(&scene->notes[i].text);
    for (size_t i = 0; i < scene->message_count; i++)
        count += one(&scene->messages[i].text) + one(&scene->messages[i].number);
    for (size_t i = 0; i < scene->frame_count; i++) {
        count += one(&scene->frames[i].word);
        for (size_t k = 0; k < scene->frames[i].section_count; k++)
            count += one(&scene->frames[i].sections[k].title);
    }
    return count;
}

static size_t count_texts(const Scene *scene) {
    size_t count = scene->legend_count + one(&scene->heading);
    for (size_t i = 0; i < scene->node_count; i++)
        count += one(&scene->nodes[i].text) + scene->nodes[i].text_count;
    for (size_t i = 0; i < scene->group_count; i++)
        count += one(&scene->groups[i].title);
    for (size_t i = 0; i < scene->edge_count; i++)
        count += one(&scene->edges[i].label) + one(&scene->edges[i].ends[0]) +
                 one(&scene->edges[i].ends[1]);
    return count + (scene->sequence ? count_sequence(scene->sequence) : 0);
}

static bool overlaps(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static void check_apart(const Texts *texts, const Scene *scene, Str text) {
    for (size_t i = 0; i < texts->count; i++) {
        Box a = texts->boxes[i];
        assert_true(a.x >= 0 && a.y >= 0);
        assert_true(a.x + a.width <= scene->width && a.y + a.height <= scene->height);
        for (size_t k = i + 1; k < texts->count; k++) {
            if (overlaps(a, texts->boxes[k]))
                print_message("%.*s\ntexts touch at %d,%d\n", STR_FMT(text), a.x / COORD_PER_PX,
                              a.y / COORD_PER_PX);
            assert_false(overlaps(a, texts->boxes[k]));
        }
    }
}

/* What is written is read back: as many texts as the scene has, apart and inside. */
static void check_texts(Str text) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const Diagram *diagram = diagram_compile(source_new(arena, STR("a.mmd"), text), arena, diags);
    assert_true(diagram->is_drawn);
    Buf buf = buf_new(arena);
    layout_write_json(diagram->scene, &buf);
    const Source *json = source_new(arena, STR("a.json"), buf_str(&buf));
    const YamlNode *root =
        yaml_parse(span_of(json, 0, json->text.size), DIAG_DATA_SYNTAX, arena, diags);
    assert_non_null(root);
    Texts *texts = ARENA_NEW(arena, Texts);
    collect(texts, root);
    assert_int_equal(texts->count, count_texts(diagram->scene));
    check_apart(texts, diagram->scene, text);
    arena_free(arena);
}

static void test_texts(void **state) {
    (void)state;
    static const char *const cases[] = {
        "flowchart LR\nsubgraph g [Group]\na[One] -->|go| b\nend\nb -->|on| c\nc --> a\n",
        "stateDiagram-v2\n[*] --> A : begin\nA --> B : go\nA : first\nA : second\n"
        "note right of B : a note\nstate C {\n  D --> E : x\n}\nB --> C\n",
        "classDiagram\nclass A {\n  +int size\n  +run() void\n}\n<<interface>> A\n"
        "A \"1\" *-- \"0..*\" B : holds\nB \"1\" --> \"1\" C\nA <|-- C\nnote for A \"a note\"\n",
        "erDiagram\nA ||--o{ B : places\nB }|..|{ C : has\nA {\n  int id PK \"the key\"\n"
        "  string name\n}\n",
        "---\ndocsgen:\n  legend:\n    blue: ours\n    \"-->\": calls\n---\n"
        "flowchart TB\na:::blue --> b\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_texts(str_from(cases[i]));
}

static void test_sequences(void **state) {
    (void)state;
    Arena *arena = arena_new();
    for (uint32_t seed = 0; seed < SEEDS; seed++)
        check_texts(chance_sequence(seed, arena));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_sequences),
    };
    text_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
