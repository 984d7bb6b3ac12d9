/* shift.h: a finished drawing moved as a whole.
 * In: a scene; out: the same with every place moved. Sizes stay, also those of the canvas. */
#ifndef DIAGRAM_SCENE_SHIFT_H
#define DIAGRAM_SCENE_SHIFT_H

#include "diagram/scene/scene.h"

/* Moves all parts of the drawing, but not its heading. */
void scene_shift(Scene *scene, Point by);

#endif
