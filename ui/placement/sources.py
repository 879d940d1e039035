"""Where the page's statements come from."""

import re

import streamlit as st

from ui.words import tr

TITLE = re.compile(r"\[([^]]+)\](?=\()")  # of a paper, which is English in each language

SOURCES = (
    (
        "Elkan 2001, [The foundations of cost-sensitive learning]"
        "(https://cseweb.ucsd.edu/~elkan/rescale.pdf), IJCAI: the threshold."
    ),
    (
        "King and Zeng 2001, Logistic regression in rare events data, Political Analysis 9:137: "
        "correcting the intercept."
    ),
    (
        "Saerens, Latinne and Decaestecker 2002, Neural Computation 14:21: correcting outputs for "
        "another prior."
    ),
    (
        "Menon et al. 2021, [Long-tail learning via logit adjustment]"
        "(https://arxiv.org/abs/2007.07314): the prior inside the softmax."
    ),
    (
        "Ren et al. 2020, [Balanced meta-softmax](https://arxiv.org/abs/2007.10740): the same "
        "loss, with class counts."
    ),
    (
        "Byrd and Lipton 2019, [What is the effect of importance weighting in deep learning?]"
        "(https://arxiv.org/abs/1812.03372): separable data."
    ),
)


def sources() -> None:
    """The sources, small."""
    said = " ".join(map(tr, SOURCES))
    marked = TITLE.sub(r"[<span lang='en'>\1</span>]", said)
    st.caption(f"**{tr('Sources.')}** {marked}", unsafe_allow_html=True)
