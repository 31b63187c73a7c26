"""The way through the guide as a picture: a road with a row for each stage and a stop for each lesson."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Guide, Lesson, Stage

WIDTH = 640
ROW = 116
TOP = 74
_LEFT, _RIGHT = 80, 560
_BEND = ROW / 2


@dataclass(frozen=True, slots=True)
class Stop:
    """A lesson on the road; `number` counts from 1 over the whole guide."""

    lesson: Lesson
    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """A stage on the road; `y` is the height of its line, `anchor` the side on which its name stands."""

    stage: Stage
    number: int
    y: float
    name_x: float
    anchor: str
    road: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """The picture, in the units of its view box."""

    width: int
    height: int
    road: str
    rows: tuple[Row, ...]


def draw_journey(guide: Guide) -> Journey:
    """Lay out the stages from top to bottom, every second one from right to left, joined by bends."""
    rows: list[Row] = []
    road: list[str] = []
    number = 0
    stages = [stage for stage in guide.settings.stages if any(lesson.stage == stage.id for lesson in guide.lessons)]
    for index, stage in enumerate(stages):
        lessons = [lesson for lesson in guide.lessons if lesson.stage == stage.id]
        forward = index % 2 == 0
        y = TOP + index * ROW
        start, end = (_LEFT, _RIGHT) if forward else (_RIGHT, _LEFT)
        line = f"M{start} {y}H{end}"
        road.append(line if index == 0 else f"H{end}")
        if index + 1 < len(stages):
            road.append(f"a{_BEND:g} {_BEND:g} 0 0 {1 if forward else 0} 0 {ROW}")
        step = (end - start) / (len(lessons) + 1)
        stops = []
        for place, lesson in enumerate(lessons, 1):
            number += 1
            stops.append(Stop(lesson, number, round(start + step * place, 1), y))
        rows.append(Row(stage, index + 1, y, start, "start" if forward else "end", line, tuple(stops)))
    height = TOP + max(len(rows) - 1, 0) * ROW + 50
    return Journey(WIDTH, height, "".join(road), tuple(rows))
