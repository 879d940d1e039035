"""What the report tells of the mathematics: beside torch, the search, the lab, a GPU."""

from typing import Any

from bench.table import number, table

Found = dict[str, Any]
SIDES = {
    "run": "`run`",
    "torch": "torch",
    "numpy": "NumPy, loss only",
    "sklearn": "scikit-learn, loss only",
}


def losses(found: Found) -> list[str]:
    """The mathematics beside others'."""
    large = found["large"]
    return [
        (
            "`run` computes and keeps every step and the gradient, in float64; torch the loss and, "
            "by autograd, the gradient; NumPy in one line as optax writes it, and scikit-learn's "
            "`log_loss` with `sample_weight`, the loss alone. Memory is the most held at once in "
            "units of the logits: NumPy's by tracemalloc, torch's by the kernel's high-water mark "
            "in a process of its own."
        ),
        "",
        *table(
            (
                "N × C",
                *(f"{SIDES[name]}, times torch" for name in SIDES if name != "torch"),
                "torch, ms",
                *(f"memory: {SIDES[name]}" for name in SIDES),
            ),
            (
                (
                    f"{row['rows']:,} × {row['classes']:,}",
                    *tuple(
                        number(row["seconds"][name] / row["seconds"]["torch"], 2)
                        for name in SIDES
                        if name != "torch"
                    ),
                    number(1000 * row["seconds"]["torch"], 1),
                    *tuple(number(row["memory_in_logits"][name], 1) for name in SIDES),
                )
                for row in found["growth"]
            ),
        ),
        "",
        "How time and memory grow, as a power of N and of C; 1 is linear:",
        "",
        *table(
            ("", "time with N", "time with C", "memory with N", "memory with C"),
            (
                (
                    title,
                    *tuple(
                        number(found["slopes"][letter][name][what], 2)
                        for what in ("time", "memory")
                        for letter in ("N", "C")
                    ),
                )
                for name, title in SIDES.items()
            ),
        ),
        "",
        f"{large['rows']:,} × {large['classes']:,} logits, {found['torch_threads']} torch threads:",
        "",
        *table(
            ("target", "`run`, times torch", "`run`, s", "torch, s", "memory, in logits"),
            (
                (
                    kind["kind"],
                    number(kind["ratio"], 2),
                    number(kind["run_s"], 2),
                    number(kind["torch_s"], 2),
                    number(kind["memory_in_logits"], 1),
                )
                for kind in large["kinds"]
            ),
        ),
    ]


def mistakes(found: Found) -> list[str]:
    """The search for a mistake."""
    return [
        "All known ways and their combinations on a case of 4 × 5, for a number that none gives:",
        "",
        *table(
            ("case", "times `run`", "ms", "ways", "combinations"),
            (
                (row["case"], row["times_run"], row["ms"], row["ways"], row["together"])
                for row in found["rows"]
            ),
        ),
    ]


def lab(found: Found) -> list[str]:
    """The imbalance lab's trainings."""
    plain = found["step_us"]["plain"]
    return [
        (
            f"The default experiment, {found['models']} models with {found['steps']} steps each: "
            f"{found['times_as_fast']} times as fast in one stack ({found['stacked_s']} s) as one "
            f"after another ({found['one_after_another_s']} s). Its measures take "
            f"{found['measures_ms']} ms. The largest plan would take about {found['largest_s']} s; "
            "the page ends it at a minute."
        ),
        "",
        *table(
            ("one step of one model alone", "times plain", "µs"),
            (
                (found["titles"][key], number(took / plain, 2), took)
                for key, took in found["step_us"].items()
            ),
        ),
    ]


def gpu(found: Found) -> list[str]:
    """`check` in every floating-point type."""
    where = (
        f"On {found['device']}:"
        if found["on_gpu"]
        else "No GPU was there, so this is the CPU with fewer logits; with one, `make bench "
        "ONLY=gpu` takes 1,000 × 50,000:"
    )
    return [
        (
            f"`check` runs each step again by torch. {where} {found['rows']:,} × "
            f"{found['classes']:,} logits. The farthest step is told in steps of the type (eps)."
        ),
        "",
        *table(
            (
                "type",
                "check, times `run`",
                "`run`, s",
                "check, s",
                "GPU memory, GB",
                "steps",
                "agree",
                "differ",
                "farthest, eps",
                "at",
            ),
            (
                (
                    row["dtype"],
                    number(row["check_s"] / max(row["run_s"], 0.001), 1),
                    number(row["run_s"], 2),
                    number(row["check_s"], 2),
                    number(row["gpu_gb"], 2),
                    row["steps"],
                    row["agree"],
                    len(row["differ"]),
                    number(row["most_eps"], 2),
                    f"`{row['most_eps_at']}`",
                )
                for row in found["dtypes"]
            ),
        ),
    ]
