#include "base/ban.h"

#include "base/archive_diags.h"

static bool is_same_text(const Source *left, const Source *right) {
    if (left == right)
        return true;
    source_load(left);
    source_load(right);
    return str_equal(left->text, right->text);
}

/* span = has-source start size [path]. What is written must be found again: a text that docsgen
 * made itself has no file. */
static void archive_span(Archive *archive, const ArchiveTexts *texts, Span *span) {
    *span = span_resolve(*span);
    bool has_source = span->source != NULL;
    archive_bool(archive, &has_source);
    archive_u32(archive, &span->start);
    archive_u32(archive, &span->size);
    if (!has_source)
        return;
    Str path = span->source ? span->source->path : STR("");
    archive_str(archive, &path);
    const Source *source = archive->is_bad ? NULL : texts->find(texts->context, path);
    bool is_same = source && (!span->source || is_same_text(span->source, source)) &&
                   (size_t)span->start + span->size <= source->text.size;
    archive->is_bad = archive->is_bad || !is_same;
    span->source = is_same ? source : NULL;
}

/* finding = rule span message hint related related-as count { span text } */
static void archive_diag(Archive *archive, const ArchiveTexts *texts, Diag *diag) {
    uint32_t rule = diag->rule;
    archive_u32(archive, &rule);
    archive->is_bad = archive->is_bad || rule >= DIAG_RULE_COUNT;
    diag->rule = rule < DIAG_RULE_COUNT ? (DiagRule)rule : DIAG_PAGE_LIMIT;
    archive_span(archive, texts, &diag->at);
    archive_str(archive, &diag->message);
    archive_str(archive, &diag->hint);
    archive_span(archive, texts, &diag->related);
    archive_str(archive, &diag->related_as);
    archive_count(archive, &diag->fix_count);
    const DiagFix *fixes = diag->fixes;
    diag->fixes = ARENA_ARRAY(texts->arena, DiagFix, diag->fix_count);
    diag->fix_capacity = diag->fix_count;
    for (size_t i = 0; i < diag->fix_count; i++) {
        if (!archive_reads(archive))
            diag->fixes[i] = fixes[i];
        archive_span(archive, texts, &diag->fixes[i].at);
        archive_str(archive, &diag->fixes[i].text);
    }
}

void archive_diags(Archive *archive, const ArchiveTexts *texts, Diags *diags) {
    size_t count = archive_reads(archive) ? 0 : diags_count(diags);
    archive_count(archive, &count);
    for (size_t i = 0; i < count && !archive->is_bad; i++) {
        Diag diag = {0};
        if (!archive_reads(archive))
            diag = *diags_get(diags, i);
        archive_diag(archive, texts, &diag);
        if (archive_reads(archive) && !archive->is_bad)
            diags_put(diags, diag);
    }
}
