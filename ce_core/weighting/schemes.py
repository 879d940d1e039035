"""The usual schemes, each from its source; all that is needed for another is another row."""

import numpy as np

from ce_core.arrays import Array
from ce_core.weighting.record import Scheme, scheme

MFB = "https://arxiv.org/abs/1411.4734"
SKLEARN = (
    "https://scikit-learn.org/stable/modules/generated/"
    "sklearn.utils.class_weight.compute_class_weight.html"
)


@scheme(
    "No weights",
    r"w_c = 1",
    "weight = torch.ones(len(counts))",
    source="what torch does without weight",
)
def none(counts: Array) -> Array:
    """Every sample counts the same, so a class has as much to say as it has samples."""
    return np.ones(len(counts))


@scheme(
    "One over the count",
    r"w_c = \frac{1}{n_c}",
    "weight = 1 / counts",
    source="the usual first idea in forums",
)
def inverse(counts: Array) -> Array:
    """Each class weighs 1 altogether. The numbers are tiny, which the mean does not notice and
    the sum does."""
    return 1 / counts


@scheme(
    "Balanced",
    r"w_c = \frac{n}{C \, n_c}",
    "weight = counts.sum() / (len(counts) * counts)",
    source="scikit-learn, after King and Zeng 2001",
    address=SKLEARN,
)
def balanced(counts: Array) -> Array:
    """The usual first choice: every class has as much to say, and the weights of all samples add
    up to n, as without weights, so a sum keeps its size."""
    return counts.sum() / (len(counts) * counts)


@scheme(
    "Largest count over count",
    r"w_c = \frac{\max_k n_k}{n_c}",
    "weight = counts.max() / counts",
    source="from a forum thread",
)
def largest(counts: Array) -> Array:
    """The largest class weighs 1, and the others say how many times as much."""
    return counts.max() / counts


@scheme(
    "Median count over count",
    r"w_c = \frac{\operatorname{median}_k n_k}{n_c}",
    "weight = torch.quantile(counts, 0.5) / counts",
    source="a simpler form of the next one",
    address=MFB,
)
def median_count(counts: Array) -> Array:
    """Half of the classes weigh 1 or less. It is often called median frequency balancing, the
    next one; the two agree where every class is in every image."""
    return np.median(counts) / counts


@scheme(
    "Median frequency balancing",
    r"w_c = \frac{\operatorname{median}_k f_k}{f_c}",
    "frequency = images.sum(0) / ((images > 0) * images.sum(1, keepdim=True)).sum(0)\n"
    "weight = torch.quantile(frequency, 0.5) / frequency",
    source="Eigen and Fergus 2015",
    address=MFB,
)
def median_frequency(images: Array) -> Array:
    """The frequency f of a class is its pixels, divided by all pixels of the images that it is
    in. A class that fills the few images it is in is not rare here."""
    within = ((images > 0) * images.sum(axis=1, keepdims=True)).sum(axis=0)
    frequency = images.sum(axis=0) / within
    return np.median(frequency) / frequency


@scheme(
    "One over the square root",
    r"w_c = \frac{1}{\sqrt{n_c}}",
    "weight = 1 / counts.sqrt()",
    source="common practice, half way to 1/n",
)
def square_root(counts: Array) -> Array:
    """Half way, on a scale of ratios: where 1/n gives a ratio of 100, this gives 10."""
    return 1 / np.sqrt(counts)


@scheme(
    "Effective number of samples",
    r"w_c \propto \frac{1 - \beta}{1 - \beta^{n_c}}, \; \sum_c w_c = C",
    "weight = (1 - beta) / (1 - beta**counts)\nweight = weight * len(counts) / weight.sum()",
    source="Cui et al. 2019",
    address="https://arxiv.org/abs/1901.05555",
)
def effective(counts: Array, beta: float) -> Array:
    """Beyond about 1/(1 − β) samples a class brings nothing new. β = 0 is no weights; β = 1 is
    one over the count, the limit."""
    numbers = counts if beta == 1 else np.expm1(counts * np.log(np.float64(beta))) / (beta - 1)
    weights = 1 / np.where(counts == 0, 0.0, numbers)
    return len(counts) * weights / weights.sum()


@scheme(
    "Cost of a mistake",
    r"w_c = \frac{1}{C - 1} \sum_{j \ne c} k_{cj}",
    "weight = costs.sum(1) / (len(costs) - 1)",
    source="after Elkan 2001; row sums as in Breiman et al. 1984",
    address="https://cseweb.ucsd.edu/~elkan/rescale.pdf",
)
def cost(costs: Array) -> Array:
    """What a wrong answer costs on average where the truth is class c; k is the cost of answering
    j there. Exact where the cost depends on the true class alone, as it always does with two
    classes; otherwise a compromise. The counts do not enter."""
    return costs.sum(axis=1) / (len(costs) - 1)


SCHEMES: tuple[Scheme, ...] = (
    none,
    inverse,
    balanced,
    largest,
    median_count,
    median_frequency,
    square_root,
    effective,
    cost,
)


def scheme_of(key: str) -> Scheme:
    """The scheme of that key.

    Raises:
        KeyError: there is none.
    """
    return {one.key: one for one in SCHEMES}[key]
