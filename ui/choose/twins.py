"""pos_weight beside two-class cross-entropy: equal losses, and means that differ by a factor."""

import streamlit as st

from ce_core import CaseError
from ce_core.weighting import Twins, pos_weight
from ce_core.weighting import twins as both
from ui.choose.made import Made
from ui.figures import column, figure, latex
from ui.messages import STOP, explain, plain

USUAL = (900.0, 100.0)  # negatives and positives where there are not two classes


def twins(made: Made) -> None:
    """What pos_weight is for these counts, and why its mean is not the two-class one."""
    st.header("One output: pos_weight")
    (negatives, positives), whose = _counts(made)
    try:
        weight = pos_weight(negatives, positives)
    except CaseError as problem:
        st.error(explain(problem), icon=STOP)
        return
    found = both(weight)
    st.markdown(
        f"With one output for yes or no, the usual weight is the number of negatives for each "
        f"positive. {whose}"
    )
    counts = rf"\frac{{{negatives:.0f}}}{{{positives:.0f}}}"
    st.latex(rf"\text{{pos\_weight}} = \frac{{n_-}}{{n_+}} = {counts} = {latex(weight)}")
    st.markdown(_words(found))
    st.markdown(pair_html(found), unsafe_allow_html=True)
    st.caption(
        "Ten samples, one of them positive. The binary loss takes one score x for each, the other "
        "the two scores 0 and x with the class weights 1 and pos_weight. "
        "`F.binary_cross_entropy`, which takes probabilities, has no pos_weight: write "
        "`weight=torch.where(y == 1, pos_weight, 1.0)` for each sample."
    )


def _counts(made: Made) -> tuple[tuple[float, float], str]:
    """Negatives and positives, the rarer class positive, and whose numbers they are."""
    if made.classes.classes != 2:
        return USUAL, "An example with 900 negatives and 100 positives:"
    first, second = made.classes.counts.tolist()
    rarer = 0 if first < second else 1
    whose = f"With your counts, where **{plain(made.names[rarer])}** is the positive class:"
    return ((second, first) if rarer == 0 else (first, second)), whose


def _words(found: Twins) -> str:
    return (
        "`BCEWithLogitsLoss(pos_weight)` and cross-entropy over two classes have the same losses, "
        "sample by sample, and the same sum. Their means differ: the binary one divides by the "
        "number of samples, the other by the sum of the targets’ weights. So the binary mean is "
        f"**{figure(found.factor)}** times the other, the sum of the weights over N."
    )


def pair_html(found: Twins) -> str:
    """Both losses side by side, sample by sample."""
    binary, two = (trace["losses"].output for trace in (found.binary, found.two))
    scores = column(found.binary.case.given)
    lines = zip(scores, found.binary.case.target, column(binary), column(two), strict=True)
    rows = "".join(
        f"<tr><th scope='row'>{x}</th><td>{int(y)}</td><td>{a}</td><td>{b}</td></tr>"
        for x, y, a, b in lines
    )
    ends = "".join(
        f"<tr class='wce-group'><th colspan='2' scope='row'>{name}</th>"
        f"<td><b>{figure(float(found.binary[key].output))}</b></td>"
        f"<td><b>{figure(float(found.two[key].output))}</b></td></tr>"
        for name, key in (("sum", "sum_loss"), ("divided by", "denominator"), ("mean", "mean_loss"))
    )
    weight = figure(found.pos_weight)
    return (
        "<div class='wce-scroll' tabindex='0' role='region' aria-label='Both losses side by side'>"
        "<table class='wce-schemes wce-narrow'><thead><tr><th scope='col'>Score x</th>"
        f"<th scope='col'>Target</th><th scope='col'>BCEWithLogitsLoss, pos_weight {weight}</th>"
        f"<th scope='col'>CrossEntropyLoss, weights 1 and {weight}</th></tr></thead>"
        f"<tbody>{rows}</tbody><tbody>{ends}</tbody></table></div>"
    )
