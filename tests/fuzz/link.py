"""A link: its parameters to a view and back."""

from urllib.parse import parse_qsl, urlencode

from ce_core import BinaryCase
from ce_core.presets import PRESETS
from tests.fuzz.claims import LONGEST_SAID, read_or_refused, short
from tests.fuzz.record import Target, encoded
from ui.link import KNOWN, decode, encode
from ui.view import View, of_preset

MOST = 64_000  # no server or browser takes a longer address; Streamlit's own limit is uvicorn's
LOOKS = {
    "classes": "a,b", "step": "mean_loss", "row": "1", "class": "0", "term": "2", "device": "cuda:1",
    "dtype": "float16", "topic": "gradient", "seed": "7", "mode": "complete", "blank": "gradient",
    "predict": "1", "answer": "[0.31, 1.39]", "of": "losses", "finding": "base_10", "part": "axes",
    "shift": "1", "truth": "0.5,0.5", "rare": "0.2", "miss": "4", "gap": "2", "world": "wide",
    "counts": "9000,41000", "counted": "a\\,b,c", "beta": "0.99", "costs": "0,1;2,0",
    "images": "1,2;3,4", "scheme": "inverse", "data": "made", "share": "0.1", "samples": "500",
    "strategies": "plain", "lab_steps": "100", "way": "1", "ratio": "9", "epsilon": "0.2",
    "ignored": "0,1", "mask": "36A12B", "brush": "A", "pixel_weight": "1,2,3", "rate": "0.5",
    "descent_steps": "3", "nudge": "1e-3", "times": "2", "reweigh": "all", "offset": "-89",
    "lang": "de", "decimal": "comma", "hide": "result", "present": "1", "lesson": "steps",
    "theme": "dark", "height": "480", "shows": "axes", "base": "https://example.org:8501/loss",
    "paper": "letter", "items": "4", "sheets": "key,questions", "paper_lang": "de",
}  # fmt: skip
OTHERS = (
    {"loss": "bce", "input": "2.5,-1", "target": "1,0", "pos_weight": "3,", "holds": "probs"},
    {"loss": "nll_loss", "input": "-0.5,-1;-2,-0.1", "target": "0,1", "ignore_index": "1"},
    {"logits": "[[[1,2],[3,4]]]", "target": "[[0,1]]", "reduction": "none"},
    {"logits": "empty(0,5)", "target": "empty(0)"},
    {"logits": "1,2;3,4", "target": "0.5,0.5;1,0", "label_smoothing": "0.1", "ignore_index": "-1"},
    {"case": "0" * 64, "step": "probs"},
)


def _query(view: View) -> bytes:
    return urlencode(encode(view)).encode()


SEEDS = (
    *(_query(of_preset(preset)) for preset in PRESETS),
    *(_query(View(preset.case, step="losses", row=0)) for preset in PRESETS),
    _query(View(PRESETS[0].case).with_other(BinaryCase([2.0], [1.0], pos_weight=[3.0]))),
    *(urlencode(other).encode() for other in OTHERS),
    *(urlencode({"logits": "3,4;6,9", "target": "1,0", name: text}).encode()
      for name, text in LOOKS.items()),
)  # fmt: skip
TOKENS = encoded(
    *("&", "=", ",", ";", "[", "]", "-", ".", "0", "1", "9", "-0", "1e999", "1e308", "inf", "nan"),
    *("empty(", "empty(0)", ")", "0" * 30, "9" * 19, "e-5", "%00", "%0A", "%E2%88%92", "+", "%20"),
    *("<script>", "\\,", "%5C", "\u0663", "%D9%A3", *(f"&{name}=" for name in KNOWN)),
    *(text for text in LOOKS.values() if "," not in text),
)


def run(data: bytes) -> None:
    """Any query gives a view; its own link gives the same view and drops nothing."""
    query = dict(parse_qsl(data.decode(errors="replace"), keep_blank_values=True))
    view, dropped = read_or_refused(lambda: decode(query))
    for item in dropped:
        assert item.reason
        short((item.name, item.text, item.reason))
    link = encode(view)
    again, left_out = decode(link, {view.case.digest: view.case})
    assert left_out == ()
    assert again == view
    assert encode(again) == link
    assert len(str(dropped)) <= LONGEST_SAID * max(len(dropped), 1)


LONG = (  # parameters that take more than a word
    *("logits", "target", "weight", "counts", "counted", "truth", "costs", "images", "mask"),
    *(
        "classes",
        "answer",
        "base",
        "ignored",
        "blank",
        "strategies",
        "hide",
        "finding",
        "pixel_weight",
    ),
)
STARTS = (b"loss=bce&target=1&input=", *(f"{name}=".encode() for name in LONG))
TARGET = Target("link", run, SEEDS, TOKENS, MOST, STARTS)
