"""Wrong rules on the way to the log-probabilities."""

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import log_softmax
from ce_core.rule import CELL, ROW, Rule, rule


def softmax_again() -> Rule:
    @rule(
        "Log-softmax of the probabilities",
        r"\log p'_{ic} = p_{ic} - \log \sum_k e^{p_{ik}}",
        "F.log_softmax(probs, dim=1)",
        CELL,
        numbers=r"{probs} - \log \sum e^{{p}}",
        sentence="The probability {probs} of class {class} was taken as a logit: its "
        "log-probability became {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """A second softmax: the probabilities were taken for logits. They differ by 1 at most, so
        the result is almost even, and no loss can come near 0."""
        return log_softmax(probs)

    return log_probs


def sigmoid_first() -> Rule:
    @rule(
        "Log-softmax of sigmoids",
        r"\log p'_{ic} = \sigma(z_{ic}) - \log \sum_k e^{\sigma(z_{ik})}",
        "F.log_softmax(logits.sigmoid(), dim=1)",
        CELL,
        numbers=r"\sigma({logits}) - \log \sum e^{{\sigma}}",
        sentence="The logit {logits} of class {class} went through a sigmoid first: its "
        "log-probability became {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """A sigmoid squeezed the logits into 0 to 1 before the softmax."""
        return log_softmax(1 / (1 + np.exp(-logits)))

    return log_probs


def softmax_of_exps() -> Rule:
    @rule(
        "Log-softmax of the probabilities",
        r"\log p'_{ic} = p_{ic} - \log \sum_k e^{p_{ik}}",
        "F.log_softmax(given.exp(), dim=1)",
        CELL,
        numbers=r"e^{{{given}}} - \log \sum e^{{p}}",
        sentence="The probability of class {class} was taken as a logit: its log-probability "
        "became {log_probs}.",
    )
    def log_probs(given: Array) -> Array:
        """A second softmax: the probabilities were taken for logits."""
        return log_softmax(np.exp(given))

    return log_probs


def log_softmax_again() -> Rule:
    @rule(
        "Log-softmax, twice",
        r"\log p_{ic} - \log \sum_k p_{ik}",
        "F.log_softmax(F.log_softmax(logits, dim=1), dim=1)",
        CELL,
        numbers=r"{logits} - \log \sum e^{{z}}",
        sentence="The log-probability of class {class} is {log_probs}, once or twice.",
    )
    def log_probs(logits: Array) -> Array:
        """The exponentials of log-probabilities sum to 1 already, so the second log-softmax
        subtracts log 1 = 0."""
        return log_softmax(log_softmax(logits))

    return log_probs


def log_of(source: str, title: str, why: str) -> Rule:
    def log_probs(logits: Array) -> Array:
        return np.log(logits)

    log_probs.__doc__ = why
    return rule(
        title,
        r"\log z_{ic}",
        f"{source}.log()",
        CELL,
        numbers=r"\log {logits}",
        sentence="The log of the given number {logits} of class {class} is {log_probs}.",
    )(log_probs)


def renormalised(source: str) -> Rule:
    def of_logits(logits: Array) -> Array:
        return np.log(logits / logits.sum(axis=1, keepdims=True))

    def of_probs(probs: Array) -> Array:
        return np.log(probs / probs.sum(axis=1, keepdims=True))

    def of_given(given: Array) -> Array:
        return log_softmax(given)

    function = {"logits": of_logits, "probs": of_probs, "given": of_given}[source]
    function.__name__ = "log_probs"
    function.__doc__ = "Each row was divided by its sum before the log, so that it sums to 1."
    torch = {
        "logits": "(logits / logits.sum(dim=1, keepdim=True)).log()",
        "probs": "(probs / probs.sum(dim=1, keepdim=True)).log()",
        "given": "F.log_softmax(given, dim=1)",
    }[source]
    return rule(
        "Log of the shares of each row",
        r"\log \frac{x_{ic}}{\sum_k x_{ik}}",
        torch,
        CELL,
        numbers=rf"\log \frac{{{{{{{source}}}}}}}{{{{\sum x}}}}",
        sentence="The number of class {class} was divided by its row's sum; the log is "
        "{log_probs}.",
    )(function)


def bare(source: str, letter: str, why: str) -> Rule:
    def of_logits(logits: Array) -> Array:
        return logits

    def of_probs(probs: Array) -> Array:
        return probs

    def of_given(given: Array) -> Array:
        return np.exp(given)

    function = {"logits": of_logits, "probs": of_probs, "given": of_given}[source]
    function.__name__ = "log_probs"
    function.__doc__ = why
    return rule(
        "Taken without a log",
        letter,
        {"logits": "logits", "probs": "probs", "given": "given.exp()"}[source],
        CELL,
        numbers=rf"{{{source}}}",
        sentence="The number of class {class} was used as it is, as if it were a "
        "log-probability: {log_probs}.",
    )(function)


def softmax_over_batch() -> tuple[Rule, Rule]:
    @rule(
        "Softmax over the batch",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_j e^{z_{jc}}}",
        "F.softmax(logits, dim=0)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum_j e^{{z_j}}}}",
        sentence="Class {class} of {row} was compared with the same class of the other rows: "
        "{probs}.",
    )
    def probs(logits: Array) -> Array:
        """The columns sum to 1 here, and the rows do not: samples compete instead of classes."""
        return np.exp(log_softmax(logits, axis=0))

    @rule(
        "Log-softmax over the batch",
        r"\log p'_{ic} = z_{ic} - \log \sum_j e^{z_{jc}}",
        "F.log_softmax(logits, dim=0)",
        CELL,
        numbers=r"{logits} - \log \sum_j e^{{z_j}}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(logits, axis=0)

    return probs, log_probs


def softmax_over_all() -> tuple[Rule, Rule]:
    @rule(
        "Softmax over the whole tensor",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_j \sum_k e^{z_{jk}}}",
        "F.softmax(logits.flatten(), dim=0).reshape(logits.shape)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum e^{{z}}}}",
        sentence="Class {class} of {row} has {probs} of the whole tensor.",
    )
    def probs(logits: Array) -> Array:
        """All entries together sum to 1 here, so every row is too small."""
        return np.exp(log_softmax(logits.reshape(1, -1))).reshape(logits.shape)

    @rule(
        "Log-softmax over the whole tensor",
        r"\log p'_{ic} = z_{ic} - \log \sum_j \sum_k e^{z_{jk}}",
        "F.log_softmax(logits.flatten(), dim=0).reshape(logits.shape)",
        CELL,
        numbers=r"{logits} - \log \sum e^{{z}}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(logits.reshape(1, -1)).reshape(logits.shape)

    return probs, log_probs


def labels_row_by_row() -> tuple[Rule, ...]:
    @rule(
        "Class numbers times each row's log-probabilities",
        r"L_i = -\sum_c y_c \cdot \log p_{ic}",
        "-(target * log_probs).sum(dim=1)",
        ROW,
        numbers=r"-\sum {target} \cdot {log_probs}",
        sentence="The class numbers were multiplied with the log-probabilities of {row}.",
    )
    def losses(target: Array, log_probs: Array) -> Array:
        """The class numbers were read as a target distribution, the same for every row."""
        return -(target * log_probs).sum(axis=1)

    return (*softmax_over_all(), losses)


def labels_as_probabilities() -> tuple[Rule, ...]:
    @rule(
        "Class numbers times log-probabilities",
        r"L_i = -y_i \cdot \log p_{ii}",
        "-(target * log_probs.flatten()[: target.numel()].reshape(target.shape))",
        ROW,
        numbers=r"-{target} \cdot {log_probs}",
        sentence="The class number was multiplied with a log-probability as if it were one.",
    )
    def losses(target: Array, log_probs: Array) -> Array:
        """The class numbers were read as a target distribution."""
        return -(target * log_probs.reshape(-1)[: target.size].reshape(target.shape))

    return (*softmax_over_all(), losses)


def viewed() -> tuple[Rule, Rule]:
    def view(logits: Array) -> Array:
        classes = logits.shape[1]
        positions = logits.shape[:1] + logits.shape[2:]
        return np.moveaxis(logits.reshape(*positions, classes), -1, 1)

    torch = "logits.reshape(logits.shape[0], *logits.shape[2:], logits.shape[1]).movedim(-1, 1)"

    @rule(
        "Softmax of mixed-up rows",
        r"p'_{ic}",
        f"F.softmax({torch}, dim=1)",
        CELL,
        numbers=r"{logits}",
        sentence="The row that was read for {row} holds numbers of several positions: class "
        "{class} got {probs}.",
    )
    def probs(logits: Array) -> Array:
        """view(-1, C) cuts the memory into pieces of C numbers; with the classes on axis 1 such a
        piece holds numbers of several positions, not the classes of one."""
        return np.exp(log_softmax(view(logits)))

    @rule(
        "Log-softmax of mixed-up rows",
        r"\log p'_{ic}",
        f"F.log_softmax({torch}, dim=1)",
        CELL,
        numbers=r"{logits}",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(view(logits))

    return probs, log_probs


def without_ignored_class() -> tuple[Rule, Rule]:
    torch = (
        "logits.where(torch.arange(logits.shape[1], device=logits.device)"
        ".ne(int(ignore_index)).reshape(1, -1, *[1] * (logits.ndim - 2)), -torch.inf)"
    )

    def without(logits: Array, ignore_index: Array) -> Array:
        others = np.arange(logits.shape[1]) != ignore_index
        masked: Array = np.where(others.reshape(1, -1, *[1] * (logits.ndim - 2)), logits, -np.inf)
        return masked

    @rule(
        "Softmax without the ignored class",
        r"p'_{ic} = \frac{e^{z_{ic}}}{\sum_{k \ne g} e^{z_{ik}}}",
        f"F.softmax({torch}, dim=1)",
        CELL,
        numbers=r"\frac{{e^{{{logits}}}}}{{\sum_{{k \ne g}} e^{{z}}}}",
        sentence="Without the ignored class the probability of class {class} is {probs}.",
    )
    def probs(logits: Array, ignore_index: Array) -> Array:
        """ignore_index leaves out rows, never a class: the class stays in every row's softmax."""
        return np.exp(log_softmax(without(logits, ignore_index)))

    @rule(
        "Log-softmax without the ignored class",
        r"\log p'_{ic}",
        f"F.log_softmax({torch}, dim=1)",
        CELL,
        numbers=r"\log p'",
        sentence="Its log is {log_probs}.",
    )
    def log_probs(logits: Array, ignore_index: Array) -> Array:
        """The log of the wrong probabilities."""
        return log_softmax(without(logits, ignore_index))

    return probs, log_probs


def log_odds() -> tuple[Rule, Rule]:
    def of_logits(logits: Array) -> Array:
        return log_softmax(np.log(logits / (1 - logits)))

    def of_probs(probs: Array) -> Array:
        return log_softmax(np.log(probs / (1 - probs)))

    made = []
    for function, source in ((of_logits, "logits"), (of_probs, "probs")):
        function.__name__ = "log_probs"
        function.__doc__ = (
            "log(p / (1 - p)) undoes a sigmoid. What undoes a softmax is log p, up to a constant."
        )
        made.append(
            rule(
                "Log-softmax of log-odds",
                r"\log p'_{ic} = o_{ic} - \log \sum_k e^{o_{ik}}, \quad o = \log \frac{x}{1 - x}",
                f"F.log_softmax({source}.logit(), dim=1)",
                CELL,
                numbers=rf"\log \frac{{{{{{{source}}}}}}}{{{{1 - {{{source}}}}}}}",
                sentence="Through log-odds the log-probability of class {class} became "
                "{log_probs}.",
            )(function)
        )
    return made[0], made[1]
