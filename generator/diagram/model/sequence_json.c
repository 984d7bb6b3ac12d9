#include "base/ban.h"

#include "base/escape.h"
#include "diagram/model/sequence.h"

/* `"key":"text"`, with a comma in front unless it is the first of its object. */
static void write_text(Buf *buf, const char *key, Str text) {
    if (buf->data[buf->size - 1] != '{')
        buf_add_char(buf, ',');
    json_string(buf, str_from(key));
    buf_add_char(buf, ':');
    json_string(buf, text);
}

static void write_participants(const Sequence *sequence, Buf *buf) {
    buf_add_text(buf, ",\"participants\":[");
    for (size_t i = 0; i < sequence->participant_count; i++) {
        const Participant *participant = &sequence->participants[i];
        buf_add_text(buf, i ? ",{" : "{");
        write_text(buf, "id", participant->id);
        write_text(buf, "label", participant->label.text);
        write_text(buf, "kind", sequence_kind_name(participant->kind));
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

static void write_messages(const Sequence *sequence, Buf *buf) {
    size_t count = 0;
    buf_add_text(buf, ",\"messages\":[");
    for (size_t i = 0; i < sequence->step_count; i++) {
        const SequenceStep *step = &sequence->steps[i];
        if (step->kind != STEP_MESSAGE)
            continue;
        buf_add_text(buf, count++ ? ",{" : "{");
        write_text(buf, "from", sequence->participants[step->from].id);
        write_text(buf, "to", sequence->participants[step->to].id);
        write_text(buf, "text", step->text.text);
        write_text(buf, "line", step->is_dotted ? STR("dotted") : STR("solid"));
        write_text(buf, "arrow", sequence_head_name(step->head));
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

void sequence_write_json(const Sequence *sequence, Buf *buf) {
    buf_add_text(buf, "{\"schema\":1,\"kind\":\"diagram\",\"type\":\"sequence\"");
    write_participants(sequence, buf);
    write_messages(sequence, buf);
    buf_add_text(buf, "}\n");
}
