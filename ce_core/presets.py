"""The examples that come with the app: cases with a story, and with the numbers others printed."""

from dataclasses import dataclass

import numpy as np

from ce_core.case import Case
from ce_core.trace import run

FORUMS, STORIES, EDGES = GROUPS = ("From the forums", "Stories", "Edge cases")


@dataclass(frozen=True)
class Claim:
    """A number that the source prints, as it prints it.

    Attributes:
        step: the key of the step that gives the number.
        number: the digits in the source; they are rounded, so the step's value is near them.
        at: the place in the step's output, () for a single number.
        reduction: the reduction it was printed for; "" is the case's own.
    """

    step: str
    number: str
    at: tuple[int, ...] = ()
    reduction: str = ""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A ready example.

    Attributes:
        key: its name in links.
        title: its name in the menu.
        story: the situation, in one or two sentences.
        notice: what to look for or try.
        group: its heading in the menu, one of `GROUPS`.
        case: its numbers.
        classes: names of the classes; () stands for A, B, C, ...
        source: the address of the thread it comes from, or "".
        claims: numbers printed there that the case must give.
        hint: the key of the hint that the case is there to raise, or "".
    """

    key: str
    title: str
    story: str
    notice: str
    group: str
    case: Case
    classes: tuple[str, ...] = ()
    source: str = ""
    claims: tuple[Claim, ...] = ()
    hint: str = ""


def _printed(step: str, table: str) -> tuple[Claim, ...]:
    """A claim for each number of a printed table; rows end in ";"."""
    return tuple(
        Claim(step, number, (i, c))
        for i, row in enumerate(table.split(";"))
        for c, number in enumerate(row.split())
    )


WEIGHT_THREAD = "https://discuss.pytorch.org/t/weight-in-cross-entropy-loss/78256"
COUNTS_THREAD = (
    "https://discuss.pytorch.org/t/"
    "what-is-the-weight-values-mean-in-torch-nn-crossentropyloss/11455"
)
PIXEL_THREAD = "https://discuss.pytorch.org/t/cross-entropy-loss-math-under-the-hood/79749"

# (1, 3, 2, 2): for each pixel of a 2 x 2 image the probabilities of three classes.
PIXELS = np.array([[[[0.1, 0.3], [0.4, 0.5]], [[0.2, 0.3], [0.4, 0.5]], [[0.7, 0.4], [0.2, 0.0]]]])
PIXEL_CLASSES = [[[2, 2], [0, 1]]]
with np.errstate(divide="ignore"):
    LOG_PIXELS = np.log(PIXELS)

BATCH = Case(
    logits=[[7.4, 2.8, -0.6, 6.3], [-1.9, 4.2, 3.9, 5.1], [9.3, -5.3, 7.2, -8.4]],
    target=[3, 0, 2],
)
# The target is given as scores, too: a softmax makes them probabilities.
SOFT_BATCH = Case(
    logits=[[7.4, 2.8, -0.6], [6.3, -1.9, 4.2]],
    target=run(Case([[3.9, 5.1, 9.3], [-5.3, 7.2, -8.4]], [0, 0]))["probs"].output,
)
FIVE_CLASSES = Case(
    logits=[
        [0.2, 2.1, 0.9, 1.4, -0.8],
        [-0.5, 1.6, 1.8, 0.7, 0.1],
        [0.4, 1.9, 0.3, 2.2, -1.0],
        [0.0, 2.6, 1.1, 0.5, -0.3],
        [0.6, 1.3, 0.8, 1.0, 0.2],
        [-0.2, 1.7, 0.4, 1.2, 0.5],
    ],
    target=[1, 2, 3, 1, 0, 4],
)

PRESETS: tuple[Preset, ...] = (
    Preset(
        key="weighted_mean",
        title="The mean that did not match",
        story="Two samples, two classes, weights 0.4 and 0.36. Someone averaged the two weighted "
        "losses and got 0.6662, but torch says 1.7529.",
        notice="The weighted losses sum to 1.3322: what must you divide by to get 1.7529?",
        group=FORUMS,
        case=Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36]),
        source=WEIGHT_THREAD,
        claims=(
            Claim("mean_loss", "1.7529"),
            *_printed("probs", "0.2689 0.7311; 0.0474 0.9526"),
        ),
    ),
    Preset(
        key="one_hot_mean",
        title="The same batch, one-hot",
        story="Two samples with the weights 0.4 and 0.36, each target written as a row of "
        "probabilities. With class numbers torch says 1.7529, here it says 0.6661.",
        notice="Look at the denominator: for class probabilities it is the number of samples.",
        group=FORUMS,
        case=Case(logits=[[3, 4], [6, 9]], target=[[0.0, 1.0], [1.0, 0.0]], weight=[0.4, 0.36]),
        source=WEIGHT_THREAD,
        claims=(Claim("mean_loss", "0.6661"),),
    ),
    Preset(
        key="weight_outside",
        title="Where the weight stands",
        story="A reader of the formula asked why the weight multiplies the whole log term. They "
        "would have put it inside the sum, before each exponential.",
        notice="Raise one weight to 10 and go through the softmax: not one probability moves.",
        group=FORUMS,
        case=Case(logits=[[2, 1, 0.5], [0.5, 1.5, 2.5]], target=[0, 1], weight=[1, 3, 2]),
        classes=("cat", "dog", "owl"),
    ),
    Preset(
        key="two_counts",
        title="9,000 against 41,000",
        story="One class has 9,000 samples and the other 41,000. Someone asked whether 1/9000 and "
        "1/41000 are the right weights.",
        notice="Multiply both weights by 41000: the sum grows as much, the mean does not move.",
        group=FORUMS,
        case=Case(
            logits=[[0.4, 1.9], [-0.6, 1.2], [0.3, 0.8], [-1.0, 2.0], [0.9, 1.1]],
            target=[1, 1, 0, 1, 1],
            weight=[1 / 9_000, 1 / 41_000],
        ),
        source=COUNTS_THREAD,
    ),
    Preset(
        key="one_over_count",
        title="One over the count",
        story="Five classes, each weighed by 1 / its count of 1016, 12852, 12888, 3380 and 296. "
        "The person who tried it got worse results.",
        notice="Switch to the sum: with weights this small, the loss and its gradient are tiny.",
        group=FORUMS,
        case=FIVE_CLASSES.replace(weight=[1 / n for n in (1_016, 12_852, 12_888, 3_380, 296)]),
        source=COUNTS_THREAD,
    ),
    Preset(
        key="max_over_count",
        title="Largest count over count",
        story="Five classes, and the largest has 37919 samples. Each weight is 37919 divided by "
        "the class's own count, so the rarest class weighs 13.83.",
        notice="Guess which row has most to say in the mean, then look at the shares.",
        group=FORUMS,
        case=FIVE_CLASSES.replace(weight=[13.83, 1.0, 1.66, 1.21, 6.9]),
        source=COUNTS_THREAD,
    ),
    Preset(
        key="pos_weight",
        title="A pos_weight of 9",
        story="With 900 negatives and 100 positives, one output takes pos_weight 900/100 = 9. "
        "With two outputs, 9 is the weight of the positive class.",
        notice="Divide the sum by 5 and not by 13: that is the mean of BCEWithLogitsLoss.",
        group=FORUMS,
        case=Case(
            logits=[[0.0, -2.0], [0.0, -1.0], [0.0, 0.5], [0.0, -1.5], [0.0, 1.0]],
            target=[0, 0, 0, 0, 1],
            weight=[1, 9],
        ),
        classes=("negative", "positive"),
        source=COUNTS_THREAD,
    ),
    Preset(
        key="pixels_twice",
        title="Probabilities as logits",
        story="An image of 2 by 2 pixels, and for each pixel the probabilities of three classes. "
        "They were passed as logits, and the loss came out as 0.9488.",
        notice="Compare the softmax with what went in: it has been taken twice.",
        group=FORUMS,
        case=Case(logits=PIXELS, target=PIXEL_CLASSES),
        source=PIXEL_THREAD,
        claims=(Claim("mean_loss", "0.9488"),),
        hint="probabilities-as-logits",
    ),
    Preset(
        key="pixels_log",
        title="Log-probabilities as logits",
        story="An image of 2 by 2 pixels with class probabilities p, passed as log p. The softmax "
        "gives p back, and the sum is 2.8824, as by hand.",
        notice="One probability was 0, so one logit is −∞: find out why it does no harm.",
        group=FORUMS,
        case=Case(logits=LOG_PIXELS, target=PIXEL_CLASSES, reduction="sum"),
        source=PIXEL_THREAD,
        claims=(Claim("sum_loss", "2.8824"),),
    ),
    Preset(
        key="plain_batch",
        title="Three samples, four classes",
        story="A batch with every option left as it is. One sample is nearly right, one is far "
        "off.",
        notice="Which of the three rows makes most of the 11.1463? Guess before you look.",
        group=FORUMS,
        case=BATCH,
        claims=(
            *_printed(
                "probs",
                "0.74446 0.0074832 0.00024974 0.24781;"
                "0.00053368 0.23794 0.17627 0.58525;"
                "0.8909 0.00000040657 0.1091 0.000000018315",
            ),
            Claim("losses", "1.3951", (0,), "none"),
            Claim("losses", "7.5357", (1,), "none"),
            Claim("losses", "2.2155", (2,), "none"),
            Claim("sum_loss", "11.1463", (), "sum"),
            Claim("mean_loss", "3.7154"),
        ),
    ),
    Preset(
        key="weights_0123",
        title="Weights 0, 1, 2, 3",
        story="Three samples, and a class that weighs nothing. The worst of the samples belongs to "
        "it.",
        notice="Without weights the mean is 3.7154, here 1.7233: what is the sum divided by?",
        group=FORUMS,
        case=BATCH.replace(weight=[0, 1, 2, 3]),
        claims=(Claim("mean_loss", "1.7233"),),
    ),
    Preset(
        key="ignore_class",
        title="Class 2 ignored",
        story="Three samples with ignore_index=2. The last one's target is class 2, so its row "
        "costs nothing.",
        notice="With all rows the mean is 3.7154, here 4.4654: how many rows is it divided by?",
        group=FORUMS,
        case=BATCH.replace(ignore_index=2),
        claims=(Claim("mean_loss", "4.4654"),),
    ),
    Preset(
        key="heavy_smoothing",
        title="Label smoothing of 0.8",
        story="Three samples, and each target gives up 0.8, which all four classes share.",
        notice="How much does the target keep? Not 0.2: it gets its own part of the 0.8.",
        group=FORUMS,
        case=BATCH.replace(label_smoothing=0.8),
        claims=(Claim("mean_loss", "4.8088"),),
    ),
    Preset(
        key="soft_targets",
        title="Probabilities as target",
        story="The target says how much of each class is asked for. The model is sure of the "
        "first class, and the target of another one.",
        notice="Follow one row: a class that is asked for with 0.98 makes nearly all of the loss.",
        group=FORUMS,
        case=SOFT_BATCH,
        claims=(
            *_printed("probs", "0.98972 0.0099485 0.00033201; 0.89069 0.00024463 0.10907"),
            *_printed("target_dist", "0.0044301 0.014709 0.98086; 0.0000037266 1.0 0.00000016788"),
            *_printed("weighted_terms", "0.00004578 0.0678 7.857"),
            Claim("weighted_terms", "8.3157", (1, 1)),
            Claim("losses", "7.9249", (0,), "none"),
            Claim("losses", "8.3157", (1,), "none"),
            Claim("sum_loss", "16.2406", (), "sum"),
            Claim("mean_loss", "8.1203"),
        ),
    ),
    Preset(
        key="soft_weights",
        title="Probabilities and weights",
        story="Each row of the target holds probabilities, and the classes weigh 0, 1 and 2.",
        notice="Double all three weights: this mean doubles, which one over class numbers never "
        "does.",
        group=FORUMS,
        case=SOFT_BATCH.replace(weight=[0, 1, 2]),
        claims=(Claim("mean_loss", "12.0488"),),
    ),
    Preset(
        key="soft_smoothing",
        title="Probabilities and smoothing",
        story="Each row of the target holds probabilities. A smoothing of 0.8 makes them nearly "
        "even.",
        notice="Smoothing takes this loss from 8.1203 down to 4.7278: find the terms that shrank.",
        group=FORUMS,
        case=SOFT_BATCH.replace(label_smoothing=0.8),
        claims=(Claim("mean_loss", "4.7278"),),
    ),
    Preset(
        key="single_vector",
        title="One sample, no batch",
        story="The logits are a plain list of four numbers, and the target is one number. Torch "
        "takes that, too.",
        notice="Change the reduction: with one sample, none, sum and mean are all 1.3951.",
        group=FORUMS,
        case=Case(logits=[7.4, 2.8, -0.6, 6.3], target=3),
        claims=tuple(
            Claim(step, "1.3951", at, reduction)
            for step, at, reduction in (
                ("losses", (0,), "none"),
                ("sum_loss", (), "sum"),
                ("mean_loss", (), "mean"),
            )
        ),
    ),
    Preset(
        key="one_sample",
        title="Where did my weight go?",
        story="One sample of a class that weighs 5. The loss is 0.417, just as without any weight.",
        notice="Raise the 5 to 50: the sum follows, the mean stays where it is.",
        group=STORIES,
        case=Case(logits=[[2, 1, 0.1]], target=[0], weight=[5, 1, 1]),
        classes=("cat", "dog", "bird"),
    ),
    Preset(
        key="rare_class",
        title="One patient in six",
        story="Five people are healthy, one is sick, and the model calls everybody healthy. The "
        "weight of 5 makes the one count as much as the five.",
        notice="Set both weights to 1: see how cheap it is to miss the one who is sick.",
        group=STORIES,
        case=Case(
            logits=[[2.0, 0.0], [1.5, 0.0], [2.5, 0.5], [1.0, -1.0], [2.0, 0.5], [1.5, 0.5]],
            target=[0, 0, 0, 0, 0, 1],
            weight=[1, 5],
        ),
        classes=("healthy", "sick"),
    ),
    Preset(
        key="padding",
        title="Padding that must not count",
        story="A sentence of three words, filled up to five. The two padded places have the "
        "target −100.",
        notice="Put any numbers into the last two rows of logits: the loss does not notice.",
        group=STORIES,
        case=Case(
            logits=[
                [1.6, 0.2, 0.4],
                [0.3, 1.1, 0.9],
                [0.5, 0.4, 1.7],
                [4.0, -4.0, 0.0],
                [-3.0, 0.0, 5.0],
            ],
            target=[0, 1, 2, -100, -100],
            weight=[2, 1, 1],
        ),
        classes=("noun", "verb", "other"),
    ),
    Preset(
        key="zero_weight",
        title="A class that weighs nothing",
        story="Background pixels get the weight 0, so that only road and car are learned.",
        notice="Raise the background's logit in the first row: it weighs 0, and the loss grows.",
        group=STORIES,
        case=Case(
            logits=[[1.8, 0.3, 0.6], [0.2, 1.4, 0.9], [0.7, 0.1, 2.0], [0.9, 1.2, 0.4]],
            target=[0, 1, 2, 0],
            weight=[1, 2, 0],
        ),
        classes=("road", "car", "background"),
    ),
    Preset(
        key="one_hot",
        title="One-hot is not the same",
        story="The labels were turned into rows of 0 and 1. Torch takes them for probabilities, "
        "and its mean forgets the weights in the denominator.",
        notice="Write the target as 0, 2, 2, 1: the losses stay, but the mean divides by 13, not "
        "4.",
        group=STORIES,
        case=Case(
            logits=[[1.5, 0.4, 0.2], [0.3, 0.9, 1.8], [1.1, 0.2, 0.7], [0.1, 2.0, 0.5]],
            target=[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]],
            weight=[1, 2, 5],
        ),
        classes=("cat", "dog", "bird"),
    ),
    Preset(
        key="smoothing_surprise",
        title="Smoothing with weights",
        story="One sample of the common class, and the model has it right. Weights of 0.1 and "
        "9.9 meet a label smoothing of 0.1.",
        notice="Look at the gradient: training would push the right class down, to 0.16.",
        group=STORIES,
        case=Case(logits=[[2, 0]], target=[0], weight=[0.1, 9.9], label_smoothing=0.1),
        classes=("common", "rare"),
    ),
    Preset(
        key="overconfident",
        title="Sure of itself, and wrong",
        story="Three photos are classified rightly. For the fourth, a dog, the model would bet "
        "anything on a cat.",
        notice="Halve the 12: the model is wrong as before, and the mean loss falls by about half.",
        group=STORIES,
        case=Case(
            logits=[[3.0, 0.0, 0.2], [0.4, 2.5, 0.1], [0.0, 0.3, 3.5], [12.0, 0.0, 1.0]],
            target=[0, 1, 2, 1],
        ),
        classes=("cat", "dog", "bird"),
    ),
    Preset(
        key="perfect_probs",
        title="Perfect, and still 0.55",
        story="The model is right and certain four times. But what went into the loss is its "
        "softmax, not its logits.",
        notice="Try to get below 0.5514 with probabilities in the logits: it cannot be done.",
        group=STORIES,
        case=Case(
            logits=[[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]],
            target=[0, 1, 2, 1],
        ),
        classes=("cat", "dog", "bird"),
        hint="probabilities-as-logits",
    ),
    Preset(
        key="tokens_last",
        title="Classes on the wrong axis",
        story="Two sentences of three words, three classes, and the classes stand last. Torch "
        "wants them second, and with three of both it cannot tell.",
        notice="Every word is classified rightly, but look at the loss: swap the last two axes.",
        group=STORIES,
        case=Case(
            logits=[
                [[0, 4, 1], [0, 1, 3], [5, 0, 1]],
                [[0, 1, 4], [3, 0, 1], [1, 4, 0]],
            ],
            target=[[1, 2, 0], [2, 0, 1]],
        ),
        classes=("name", "place", "other"),
        hint="classes-last",
    ),
    Preset(
        key="equal_logits",
        title="A model that knows nothing",
        story="A fresh model gives five classes the same score. Whatever the targets, the loss "
        "is ln 5.",
        notice="Change the weights to any positive numbers: the mean stays at 1.6094.",
        group=EDGES,
        case=Case(logits=[[0.7] * 5, [0.7] * 5], target=[3, 0], weight=[1, 2, 3, 4, 5]),
    ),
    Preset(
        key="overflow",
        title="A logit of 1000",
        story="No 64-bit float can hold e to the power 1000. The first row's loss is 1000, and "
        "torch finds it.",
        notice="Follow the first row: after the shift, no exponential is larger than 1.",
        group=EDGES,
        case=Case(logits=[[1000.0, 0.0, -1000.0], [0.5, -0.5, 2.0]], target=[1, 2]),
    ),
    Preset(
        key="masked_class",
        title="A forbidden move",
        story="In this game one may not jump now, so that logit is −∞. Its probability is "
        "exactly 0, and the loss is fine.",
        notice="Set label_smoothing to 0.1: asking for a little of every class costs infinitely "
        "much.",
        group=EDGES,
        case=Case(
            logits=[[1.2, 0.4, -np.inf], [0.3, 2.1, -np.inf]], target=[0, 1], weight=[1, 2, 1]
        ),
        classes=("left", "right", "jump"),
    ),
    Preset(
        key="all_ignored",
        title="Every row ignored",
        story="Both targets are −100, so nothing is left to average. The mean is 0/0, which is "
        "nan.",
        notice="Give one row a real target: nan becomes a number again.",
        group=EDGES,
        case=Case(logits=[[1.2, 0.3, -0.5], [0.1, 0.8, 0.4]], target=[-100, -100]),
        hint="all-ignored",
    ),
    Preset(
        key="empty_batch",
        title="An empty batch",
        story="A filter has removed every row: three classes, no sample.",
        notice="Compare the reductions: nothing sums to 0, but its mean is nan.",
        group=EDGES,
        case=Case(logits=np.zeros((0, 3)), target=np.zeros(0, dtype=np.int64)),
        hint="empty-batch",
    ),
    Preset(
        key="empty_probs",
        title="Two empty lists",
        story="Logits and target are both an empty list. Torch reads the target as the "
        "probabilities of no class at all.",
        notice="Compare the reductions: the sum is 0, and the mean is nan.",
        group=EDGES,
        case=Case(logits=[], target=[]),
        claims=(
            Claim("mean_loss", "nan"),
            Claim("sum_loss", "-0.", (), "sum"),
            Claim("losses", "-0.", (0,), "none"),
        ),
    ),
)


def preset(key: str) -> Preset | None:
    """The preset of that key; None where there is none."""
    return next((one for one in PRESETS if one.key == key), None)
