"""pos_weight beside two-class cross-entropy: equal losses, and means that differ by a factor."""

import streamlit as st

from ce_core import CaseError
from ce_core.weighting import Twins, pos_weight
from ce_core.weighting import twins as both
from ui.choose.made import Made
from ui.figures import column, figure, latex
from ui.messages import STOP, explain, plain
from ui.words import tr

USUAL = (900.0, 100.0)  # negatives and positives where there are not two classes


def twins(made: Made) -> None:
    """What pos_weight is for these counts, and why its mean is not the two-class one."""
    st.header(tr("One output: pos_weight"))
    (negatives, positives), whose = _counts(made)
    try:
        weight = pos_weight(negatives, positives)
    except CaseError as problem:
        st.error(explain(problem), icon=STOP)
        return
    found = both(weight)
    usual = tr(
        "With one output for yes or no, the usual weight is the number of negatives for each "
        "positive."
    )
    st.markdown(f"{usual} {whose}")
    counts = rf"\frac{{{negatives:.0f}}}{{{positives:.0f}}}"
    st.latex(rf"\text{{pos\_weight}} = \frac{{n_-}}{{n_+}} = {counts} = {latex(weight)}")
    st.markdown(_words(found))
    st.markdown(pair_html(found), unsafe_allow_html=True)
    st.caption(
        tr(
            "Ten samples, one of them positive. The binary loss takes one score x for each, the "
            "other the two scores 0 and x with the class weights 1 and pos_weight. "
            "`F.binary_cross_entropy`, which takes probabilities, has no pos_weight: write "
            "`weight=torch.where(y == 1, pos_weight, 1.0)` for each sample."
        )
    )


def _counts(made: Made) -> tuple[tuple[float, float], str]:
    """Negatives and positives, the rarer class positive, and whose numbers they are."""
    if made.classes.classes != 2:
        return USUAL, tr("An example with 900 negatives and 100 positives:")
    first, second = made.classes.counts.tolist()
    rarer = 0 if first < second else 1
    name = plain(made.names[rarer])
    whose = tr("With your counts, where **{name}** is the positive class:", name=name)
    return ((second, first) if rarer == 0 else (first, second)), whose


def _words(found: Twins) -> str:
    return tr(
        "`BCEWithLogitsLoss(pos_weight)` and cross-entropy over two classes have the same losses, "
        "sample by sample, and the same sum. Their means differ: the binary one divides by the "
        "number of samples, the other by the sum of the targets’ weights. So the binary mean is "
        "**{factor}** times the other, the sum of the weights over N.",
        factor=figure(found.factor),
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
    totals = ((tr("sum"), "sum_loss"), (tr("divided by"), "denominator"), (tr("mean"), "mean_loss"))
    ends = "".join(
        f"<tr class='wce-group'><th colspan='2' scope='row'>{name}</th>"
        f"<td><b>{figure(float(found.binary[key].output))}</b></td>"
        f"<td><b>{figure(float(found.two[key].output))}</b></td></tr>"
        for name, key in totals
    )
    weight = figure(found.pos_weight)
    heads = (
        tr("Score x"),
        tr("Target"),
        f"BCEWithLogitsLoss, pos_weight {weight}",
        tr("CrossEntropyLoss, weights 1 and {weight}", weight=weight),
    )
    top = "".join(f"<th scope='col'>{head}</th>" for head in heads)
    label = tr("Both losses side by side")
    return (
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{label}'>"
        f"<table class='wce-schemes wce-narrow'><thead><tr>{top}</tr></thead>"
        f"<tbody>{rows}</tbody><tbody>{ends}</tbody></table></div>"
    )
