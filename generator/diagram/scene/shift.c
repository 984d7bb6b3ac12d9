#include "base/ban.h"

#include "diagram/scene/shift.h"

#include "diagram/scene/sequence.h"

static void shift_box(Box *box, Point by) {
    box->x += by.x;
    box->y += by.y;
}

static void shift_point(Point *point, Point by) {
    point->x += by.x;
    point->y += by.y;
}

/* ---- Layered kinds ---- */

static void shift_node(SceneNode *node, Point by) {
    shift_box(&node->box, by);
    shift_box(&node->text.box, by);
    for (size_t i = 0; i < node->text_count; i++)
        shift_box(&node->texts[i].box, by);
    for (size_t i = 0; i < node->rule_count; i++)
        shift_box(&node->rules[i], by);
}

static void shift_edge(SceneEdge *edge, Point by) {
    for (size_t i = 0; i < edge->point_count; i++)
        shift_point(&edge->points[i], by);
    shift_box(&edge->label.box, by);
    shift_box(&edge->ends[0].box, by);
    shift_box(&edge->ends[1].box, by);
}

/* ---- Sequence diagrams ---- */

static void shift_frame(SceneFrame *frame, Point by) {
    shift_box(&frame->box, by);
    shift_box(&frame->tab, by);
    shift_box(&frame->word.box, by);
    for (size_t i = 0; i < frame->section_count; i++) {
        frame->sections[i].y += by.y;
        shift_box(&frame->sections[i].title.box, by);
    }
}

static void shift_message(SceneMessage *message, Point by) {
    shift_point(&message->start, by);
    shift_point(&message->end, by);
    shift_box(&message->text.box, by);
    shift_box(&message->badge, by);
    shift_box(&message->number.box, by);
    if (message->turn) /* 0 stands for a message to somebody else */
        message->turn += by.x;
}

static void shift_lifeline(SceneLifeline *lifeline, Point by) {
    lifeline->x += by.x;
    lifeline->top += by.y;
    lifeline->bottom += by.y;
}

static void shift_sequence(SceneSequence *sequence, Point by) {
    for (size_t i = 0; i < sequence->band_count; i++) {
        shift_box(&sequence->bands[i].box, by);
        shift_box(&sequence->bands[i].title.box, by);
    }
    for (size_t i = 0; i < sequence->frame_count; i++)
        shift_frame(&sequence->frames[i], by);
    for (size_t i = 0; i < sequence->lifeline_count; i++)
        shift_lifeline(&sequence->lifelines[i], by);
    for (size_t i = 0; i < sequence->bar_count; i++)
        shift_box(&sequence->bars[i], by);
    for (size_t i = 0; i < sequence->cross_count; i++)
        shift_point(&sequence->crosses[i], by);
    for (size_t i = 0; i < sequence->note_count; i++) {
        shift_box(&sequence->notes[i].box, by);
        shift_box(&sequence->notes[i].text.box, by);
    }
    for (size_t i = 0; i < sequence->message_count; i++)
        shift_message(&sequence->messages[i], by);
    for (size_t i = 0; i < sequence->head_count; i++) {
        shift_box(&sequence->heads[i].box, by);
        shift_box(&sequence->heads[i].figure, by);
        shift_box(&sequence->heads[i].text.box, by);
    }
}

void scene_shift(Scene *scene, Point by) {
    for (size_t i = 0; i < scene->group_count; i++) {
        shift_box(&scene->groups[i].box, by);
        shift_box(&scene->groups[i].title.box, by);
    }
    for (size_t i = 0; i < scene->node_count; i++)
        shift_node(&scene->nodes[i], by);
    for (size_t i = 0; i < scene->edge_count; i++)
        shift_edge(&scene->edges[i], by);
    for (size_t i = 0; i < scene->legend_count; i++) {
        shift_box(&scene->legend[i].sample, by);
        shift_box(&scene->legend[i].text.box, by);
    }
    if (scene->sequence)
        shift_sequence(scene->sequence, by);
}
