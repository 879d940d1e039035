"""Teach: what a teacher takes along from the case on the screen."""

import streamlit as st

from ui import state
from ui.exports.section import exports
from ui.header import title
from ui.inputs import numbers
from ui.lesson.section import lesson_file
from ui.messages import NOTE, notices
from ui.parts import open_part
from ui.teach.class_codes import class_codes
from ui.teach.place import lesson_view
from ui.teach.section import lesson
from ui.teach.site import own_site
from ui.worksheet.section import worksheet

view = state.current()
title(
    "Put this into your course",
    "One step of your own example: as a link, in a frame, in a file, on paper or as a notebook.",
    kept=True,
)
notices()
part = open_part(
    view,
    {
        "lesson": "Link and frame",
        "sheet": "Worksheet",
        "code": "Notebook and data",
        "class": "What a class did",
    },
    "What to take along",
)
if view.other is not None and part in ("lesson", "code"):
    st.info(
        "Your numbers are of another loss, which only the page Find my mistake shows. All else "
        "here is made from the example below.",
        icon=NOTE,
    )
if part == "lesson":
    lesson(view)
    if view.lesson.page == "steps":
        lesson_file(lesson_view(view), view.lesson.base or own_site())
elif part == "sheet":
    worksheet(view)
elif part == "code":
    numbers(view, kept=True)
    exports(view)
else:
    class_codes()
