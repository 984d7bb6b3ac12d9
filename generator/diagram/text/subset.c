#include "base/ban.h"

#include <harfbuzz/hb-subset.h>
#include <stdatomic.h>

#include "base/utf8.h"
#include "diagram/text/text_form.h"

#define PREPARED_FROM 32 /* subsets; what preparing a face costs is then saved by as many more */

/* The face that subsets are cut from. For a site of many drawings it is prepared for that, which
 * takes a third off each; the subsets are the same. */
static hb_face_t *whole_face(TextFace face) {
    static _Atomic(hb_face_t *) prepared[TEXT_FACE_COUNT];
    static atomic_uint asked[TEXT_FACE_COUNT];
    hb_face_t *whole = atomic_load(&prepared[face]);
    if (whole)
        return whole;
    whole = text_font_face(face);
    if (atomic_fetch_add(&asked[face], 1) != PREPARED_FROM)
        return whole;
    whole = hb_subset_preprocess(whole);
    hb_face_make_immutable(whole);
    atomic_store(&prepared[face], whole);
    return whole;
}

void text_subset(TextFace face, Str text, Buf *font) {
    hb_face_t *whole = hb_face_reference(whole_face(face));
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
    hb_face_destroy(whole);
}
