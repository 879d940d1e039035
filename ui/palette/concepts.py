"""What a number is: the five concepts, with a colour, letters and a mark each.

The mark and the lines under a number say the same as its colour, for whoever does not see colours
or prints in grey. Classes are never coloured: they have names and places.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A small shape: the path of an SVG that is 12 wide and high, filled or drawn with a pen."""

    path: str
    pen: bool = False

    @property
    def image(self) -> str:
        """The shape as a CSS image, black on clear, to be used as a mask."""
        drawn = "fill='none' stroke='black' stroke-width='1.7'" if self.pen else "fill='black'"
        picture = (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 12 12'>"
            f"<path d='{self.path}' {drawn}/></svg>"
        )
        # Escaped, since Streamlit takes a style element with a tag in it for an attack.
        return f'url("data:image/svg+xml,{picture.replace("<", "%3C").replace(">", "%3E")}")'


SQUARE = Mark("M1.5 1.5h9v9h-9z")
DISC = Mark("M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z")
RING = Mark("M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6M3.6 6.2l1.8 1.9l3.2-3.9", pen=True)
DIAMOND = Mark("M6 .5L11.5 6L6 11.5L.5 6z")  # with a dotted line under the number
DOUBLE = Mark("M1 3.5h10M1 8.5h10", pen=True)  # for pictures; a number is bold with the lines


@dataclass(frozen=True)
class Concept:
    """What a number is: its name, its letters in formulas, its mark, its colour on both themes."""

    key: str
    name: str
    letters: tuple[str, ...]
    mark: Mark
    light: str
    dark: str

    def colour(self, *, dark: bool) -> str:
        """The colour on the dark or on the light theme."""
        return self.dark if dark else self.light

    @property
    def classes(self) -> str:
        """The HTML classes of a number that shows its concept by colour, mark and line."""
        return f"wce-{self.key} wce-mark-{self.key}"


CONCEPTS = (
    Concept("logits", "logits", ("z",), SQUARE, "#005DFC", "#B3CFFF"),
    Concept("probs", "probabilities", ("p",), DISC, "#0B6553", "#29A38B"),
    Concept("target", "target, smoothed target", ("y", "q"), RING, "#9B6008", "#FFDB26"),
    Concept("weight", "weight", ("w",), DIAMOND, "#410057", "#D659FF"),
    Concept("loss", "loss", ("L",), DOUBLE, "#701A00", "#F45F31"),
)
CONCEPT = {concept.key: concept for concept in CONCEPTS}

# input or step -> concept; the gradient is a change of the logits and takes their colour
MEANING = {
    "logits": "logits",
    "row_max": "logits",
    "shifted": "logits",
    "exps": "probs",
    "partition": "probs",
    "probs": "probs",
    "log_probs": "probs",
    "target": "target",
    "ignore_index": "target",
    "label_smoothing": "target",
    "kept": "target",
    "target_dist": "target",
    "target_log_prob": "probs",
    "nll": "loss",
    "weight": "weight",
    "sample_weight": "weight",
    "denominator": "weight",
    "share": "weight",
    "weighted_terms": "loss",
    "losses": "loss",
    "sum_loss": "loss",
    "mean_loss": "loss",
    "gradient": "logits",
}


def concept_of(key: str) -> Concept:
    """The concept that an input or a step belongs to."""
    return CONCEPT[MEANING[key]]
