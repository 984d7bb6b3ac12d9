#include "base/ban.h"

#include <harfbuzz/hb-subset.h>

#include "base/lock.h"
#include "base/utf8.h"
#include "diagram/text/text_form.h"

#define PREPARED_FROM 32 /* subsets; what preparing a face costs is then saved by as many more */

/* Faces that are prepared for cutting subsets, which takes a third off each; the subsets are the
 * same. HarfBuzz 6 builds parts of such a face at first use, and threads that use one at the same
 * time crash, once in some hundred runs: whoever has the lock has them alone. Nor may a face be in
 * use while it is prepared, so that each is made of a face of its own. */
static Lock lock = LOCK_INITIALIZER;
static hb_face_t *prepared[TEXT_FACE_COUNT];
static unsigned asked[TEXT_FACE_COUNT];

static hb_face_t *prepare(TextFace face) {
    hb_blob_t *font = hb_face_reference_blob(text_font_face(face));
    hb_face_t *own = hb_face_create(font, 0), *whole = hb_subset_preprocess(own);
    hb_face_make_immutable(whole);
    hb_face_destroy(own);
    hb_blob_destroy(font);
    return whole;
}

/* The face that whoever has the lock cuts from. */
static hb_face_t *take_prepared(TextFace face) {
    if (!prepared[face] && asked[face]++ == PREPARED_FROM)
        prepared[face] = prepare(face);
    return prepared[face] ? prepared[face] : text_font_face(face);
}

static void cut(hb_face_t *whole, Str text, Buf *font) {
    hb_subset_input_t *wanted = hb_subset_input_create_or_fail();
    hb_set_t *characters = wanted ? hb_subset_input_unicode_set(wanted) : NULL;
    while (wanted && text.size)
        hb_set_add(characters, utf8_take(&text));
    /* A library out of memory gives no font, and the drawing does with those of the machine. */
    hb_face_t *part = wanted ? hb_subset_or_fail(whole, wanted) : NULL;
    hb_blob_t *blob = part ? hb_face_reference_blob(part) : hb_blob_get_empty();
    unsigned size = 0;
    const char *data = hb_blob_get_data(blob, &size);
    buf_add(font, (Str){data, size});
    hb_blob_destroy(blob);
    hb_face_destroy(part);
    hb_subset_input_destroy(wanted);
}

/* Who finds the lock taken does not wait: the face as it is will do. */
void text_subset(TextFace face, Str text, Buf *font) {
    bool is_alone = lock_try(&lock);
    cut(is_alone ? take_prepared(face) : text_font_face(face), text, font);
    if (is_alone)
        lock_give(&lock);
}
