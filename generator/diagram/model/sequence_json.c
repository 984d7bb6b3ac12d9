#include "base/ban.h"

#include "base/json.h"
#include "diagram/model/sequence.h"

static void write_at(Buf *buf, Span at, Str file) {
    if (file.size)
        json_at(buf, at, file);
}

static void write_participants(const Sequence *sequence, Str file, Buf *buf) {
    buf_add_text(buf, ",\"participants\":[");
    for (size_t i = 0; i < sequence->participant_count; i++) {
        const Participant *participant = &sequence->participants[i];
        buf_add_text(buf, i ? ",{" : "{");
        json_text(buf, "id", participant->id);
        json_text(buf, "label", participant->label.text);
        json_text(buf, "kind", sequence_kind_name(participant->kind));
        write_at(buf, participant->at, file);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

static void write_messages(const Sequence *sequence, Str file, Buf *buf) {
    size_t count = 0;
    buf_add_text(buf, ",\"messages\":[");
    for (size_t i = 0; i < sequence->step_count; i++) {
        const SequenceStep *step = &sequence->steps[i];
        if (step->kind != STEP_MESSAGE)
            continue;
        buf_add_text(buf, count++ ? ",{" : "{");
        json_text(buf, "from", sequence->participants[step->from].id);
        json_text(buf, "to", sequence->participants[step->to].id);
        json_text(buf, "text", step->text.text);
        json_text(buf, "line", step->is_dotted ? STR("dotted") : STR("solid"));
        json_text(buf, "arrow", sequence_head_name(step->head));
        write_at(buf, step->at, file);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

void sequence_write_json(const Sequence *sequence, Str file, Buf *buf) {
    buf_add_text(buf, "{\"schema\":1,\"kind\":\"diagram\",\"type\":\"sequence\"");
    write_participants(sequence, file, buf);
    write_messages(sequence, file, buf);
    buf_add_text(buf, "}\n");
}
