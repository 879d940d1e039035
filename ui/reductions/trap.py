"""One sample alone: its weight changes nothing, until smoothing or another sample comes in."""

from dataclasses import dataclass
from typing import Any

from ce_core import Case, run
from ui.figures import figure
from ui.reductions.numbers import Numbers, divided_by
from ui.words import tr

WEIGHTS = (1.0, 5.0, 50.0)
ROWS = [[2, 1, 0.1], [0.5, 2.5, 0.3]]
TARGETS = [0, 2]


@dataclass(frozen=True)
class Act:
    """One act of the trap: the same three weights in another setting."""

    key: str
    title: str
    why: str
    rows: int
    label_smoothing: float = 0.0
    enter: str = ""

    def case(self, weight: float) -> Case:
        """The act's case, with this weight for the class of the first sample."""
        return Case(
            ROWS[: self.rows],
            TARGETS[: self.rows],
            [weight, 1, 1],
            label_smoothing=self.label_smoothing,
        )


ACTS = (
    Act(
        "alone",
        "One sample alone",
        "The weight multiplies the loss, and then the mean divides by that same weight. With one "
        "sample, or with samples of one class only, it cancels.",
        1,
    ),
    Act(
        "smoothed",
        "The same sample, label smoothing {smoothing}",
        "Smoothing asks a little of the other classes too. Their terms carry their own weights "
        "of 1, but only the target’s weight stands below the line: nothing cancels any more.",
        1,
        0.1,
        "Now with label smoothing {smoothing}",
    ),
    Act(
        "company",
        "No smoothing, and a sample of another class",
        "Now the weight decides who has more to say. The heavier the first sample’s class, the "
        "closer the mean comes to that sample’s own loss.",
        2,
        enter="Instead, add a sample of another class",
    ),
)
LEAD = (
    "A batch of one sample. Its logits are {first}, {second} and {third}, and its target is the "
    "first class. That class weighs 1. Now give it the weight 5, and then 50. **What does the mean "
    "loss do?**"
)


def trap() -> dict[str, Any]:
    """One sample whose class weighs 1, 5 and 50; alone, with smoothing, and with another."""
    book = Numbers("trap-")
    acts = [_act(book, act) for act in ACTS]
    first, second, third = map(figure, ROWS[0])
    lead = tr(LEAD, first=first, second=second, third=third)
    return {"numbers": book.book, "acts": acts, "lead": lead}


def _act(book: Numbers, act: Act) -> dict[str, Any]:
    rows = []
    for weight in WEIGHTS:
        trace = run(act.case(weight))
        key = f"{act.key}-{weight:g}-"
        given = book.add(
            key + "given",
            trace.case.inputs["weight"][0],
            tr("weight of the sample’s class"),
            made=tr("chosen for this experiment"),
            concept="weight",
        )
        total = book.add(
            key + "sum",
            trace["sum_loss"].output,
            tr("sum of the weighted losses"),
            made=tr("weighted losses, added"),
            concept="loss",
            of=(given,),
        )
        below = book.add(
            key + "below",
            trace["denominator"].output,
            tr("sum of the targets’ weights"),
            made=tr("the weights of the targets, added"),
            concept="weight",
            of=(given,),
        )
        mean = book.add(
            key + "mean",
            trace.answer,
            tr("the mean loss"),
            made=divided_by(book, total, below),
            concept="loss",
            of=(total, below),
        )
        rows.append({"given": given, "sum": total, "below": below, "mean": mean})
    for column in ("given", "sum", "below", "mean"):
        book.align([row[column] for row in rows])
    smoothing = figure(act.label_smoothing)
    return {
        "key": act.key,
        "title": tr(act.title, smoothing=smoothing),
        "why": tr(act.why),
        "rows": rows,
        "enter": tr(act.enter, smoothing=smoothing) if act.enter else "",
    }
