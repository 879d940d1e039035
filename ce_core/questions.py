"""What the five threads ask, each with the page and the numbers that answer it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question from a thread.

    Attributes:
        thread: the key of its thread, as in `ce_core.claims.THREADS`.
        asks: the question, in the asker's place.
        page: the page that answers it.
        query: the asker's numbers and the place to look, as the parameters of a link.
        shows: the numbers that the page must show then.
    """

    thread: str
    asks: str
    page: str
    query: str
    shows: tuple[str, ...]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "000",
        "I get 0.6662 by hand. Why does torch say 1.7529?",
        "mistake",
        "preset=weighted_mean&answer=0.6662",
        ("0.6662", "1.7529"),
    ),
    Question(
        "000",
        "What is a weighted mean divided by?",
        "reductions",
        "preset=weighted_mean",
        ("0.76", "1.3322", "1.7529"),
    ),
    Question(
        "000",
        "With one-hot targets I do get 0.6661. Why only then?",
        "targets",
        "preset=one_hot_mean&part=kinds",
        ("0.6661", "1.3322"),
    ),
    Question(
        "001",
        "Why does the weight multiply the log of the sum, too?",
        "placement",
        "preset=weight_outside&row=1",
        ("4.2228", "−0.8247"),
    ),
    Question(
        "001",
        "Must a loss stay the same when all logits are shifted?",
        "placement",
        "preset=weight_outside&row=1&shift=10",
        ("4.2228", "−20.8247"),
    ),
    Question(
        "001",
        "What would a prior inside the softmax do?",
        "placement",
        "preset=weight_outside&truth=0.6,0.3,0.1",
        ("1.0063", "0.1182"),
    ),
    Question(
        "001",
        "Does a weight change the probabilities, or only the step?",
        "gradient",
        "preset=weight_outside&row=1",
        ("0.2447", "−0.5665"),
    ),
    Question(
        "002",
        "I have 9,000 and 41,000 images. Which weights?",
        "choose",
        "preset=two_counts&counts=9000,41000&scheme=inverse",
        ("4.5556", "2.7778", "0.6098"),
    ),
    Question(
        "002",
        "With 1 / count it got worse. Are the weights too small?",
        "choose",
        "preset=one_over_count&counts=1016,12852,12888,3380,296&scheme=inverse",
        ("0.0091", "0.0034", "1.86242470"),
    ),
    Question(
        "002",
        "Largest count / count: where does 13.83 come from?",
        "choose",
        "preset=max_over_count&counts=2741,37919,22858,31235,5499&scheme=largest",
        ("13.8340", "1.6589", "1.2140", "6.8956"),
    ),
    Question(
        "002",
        "900 negatives, 100 positives: pos_weight or weights?",
        "choose",
        "preset=pos_weight&counts=900,100&counted=negative,positive&scheme=largest&part=pos_weight",
        ("0.6043", "0.3357"),
    ),
    Question(
        "002",
        "Weights or oversampling, and which is slower?",
        "lab",
        "share=0.18&strategies=plain,weighted,sampler",
        ("820 common, 180 rare",),
    ),
    Question(
        "002",
        "One mistake costs twice the other. Which weights?",
        "choose",
        "counts=500,500&counted=sick,healthy&costs=0,2;1,0&scheme=cost",
        ("[2, 1]", "2.13681213"),
    ),
    Question(
        "003",
        "Why does torch give 0.9488 and not 2.8824?",
        "mistake",
        "preset=pixels_twice&answer=2.8824",
        ("0.9488", "2.8824"),
    ),
    Question(
        "003",
        "I have probabilities. How do I get their cross-entropy?",
        "steps",
        "preset=pixels_log&step=sum_loss",
        ("2.8824",),
    ),
    Question(
        "003",
        "The model is perfect. Why is its loss 0.5514 and not 0?",
        "steps",
        "preset=perfect_probs&step=mean_loss",
        ("0.5514",),
    ),
    Question(
        "003",
        "Is the log of a softmax not the same as log_softmax?",
        "check",
        "logits=0,-104&target=1&dtype=float32&part=floats",
        ("104", "−inf"),
    ),
    Question(
        "004",
        "What do none, sum and mean give?",
        "reductions",
        "preset=plain_batch",
        ("1.3951", "11.1463", "3.7154"),
    ),
    Question(
        "004",
        "What do the weights 0, 1, 2, 3 do to the mean?",
        "reductions",
        "preset=weights_0123",
        ("1.7233",),
    ),
    Question(
        "004",
        "What does ignore_index=2 do?",
        "targets",
        "preset=ignore_class&part=ignored",
        ("4.4654", "8.9308"),
    ),
    Question(
        "004",
        "What does label_smoothing=0.8 give?",
        "targets",
        "preset=heavy_smoothing&part=smoothing",
        ("4.8088",),
    ),
    Question(
        "004",
        "Can the target be probabilities?",
        "steps",
        "preset=soft_targets&step=mean_loss",
        ("8.1203",),
    ),
    Question(
        "004",
        "Probabilities with weights 0, 1, 2: why 12.0488?",
        "reductions",
        "preset=soft_weights",
        ("12.0488",),
    ),
    Question(
        "004",
        "Why is the mean of nothing nan?",
        "reductions",
        "preset=empty_probs",
        ("nan",),
    ),
)


def asked_in(thread: str) -> tuple[Question, ...]:
    """The questions of a thread."""
    return tuple(one for one in QUESTIONS if one.thread == thread)
