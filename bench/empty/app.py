"""An empty Streamlit page to measure against: one widget, a text that shows it, a second page."""

import pandas as pd
import streamlit as st


def first() -> None:
    """A widget of the kind that the address asks for, and a text that shows its value."""
    kind = st.query_params.get("kind", "number")
    if kind == "cell":
        frame = pd.DataFrame([["3.0", "4.0"], ["6.0", "9.0"]], columns=["A", "B"])
        st.markdown(f"The value is {st.data_editor(frame, key='cell').iloc[0, 0]}")
    elif kind == "choice":
        names = ("none", "sum", "mean")
        chosen = st.segmented_control("choice", names, default="mean", required=True)
        st.markdown(f"The value is {chosen}")
    elif kind == "text":
        st.markdown(f"The value is {st.text_input('text', 'first')}")
    elif kind == "button":
        st.session_state.pressed = st.session_state.get("pressed", 0) + st.button("button")
        st.markdown(f"The value is {st.session_state.pressed}")
    else:
        st.markdown(f"The value is {st.number_input('number', value=0)}")


def second() -> None:
    """Another page."""
    st.markdown("This is the second page")


st.navigation(
    [
        st.Page(first, title="First", default=True),
        st.Page(second, title="Second", url_path="second"),
    ]
).run()
