"""The load driver is a fair witness: it says what a browser says, and it sees what goes wrong."""

import asyncio
import json
from random import Random

import pytest

from bench.crowd import MOST, Setting, Tally, crowd, together
from bench.heavy import HEAVY
from bench.load import EDITS, told
from bench.people import Person, WrongAnswerError, at_hand, turn
from bench.proc import cpu_seconds, own_mb, resident_mb
from bench.soak import EVERY, Samples
from bench.wire import Wire, WireError
from tests.copies import copies
from tests.looping import finished


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A real copy of the app."""
    with copies(1, tmp_path_factory.mktemp("load")) as (made,):
        yield made


def test_ten_people(copy):
    """Ten people at once meet no error, and every page and link holds what their acts have made."""
    setting = Setting(
        copy.base, copy.pid, people=10, seconds=6, arriving=2, think=(0.1, 0.6), stays=4
    )
    tally = finished(crowd(setting))
    assert (tally.errors, tally.wrong) == ([], [])
    assert tally.came == tally.left >= 10
    one = told([setting], tally)
    assert one["answers_checked"] >= 10
    assert one["edits"] == sum(one["kinds"].get(kind, {"count": 0})["count"] for kind in EDITS)
    assert json.loads(json.dumps(one)) == one


def test_who_misses_the_end_is_told_again(copy):
    """Someone heavy to whom the first cancellation is lost keeps nobody waiting."""
    lost, waited = [], []

    async def heavy(*_):
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            lost.append(True)
        await asyncio.sleep(20)
        waited.append(True)

    setting = Setting(copy.base, copy.pid, people=1, seconds=0.5, arriving=0.2, heavy=heavy, busy=1)
    finished(crowd(setting))
    assert lost
    assert not waited


def test_crowds_together():
    """What several crowds did is added; the driver's time is everybody's, so it is taken once."""
    one = Tally(runs=3, server_s=0.5, driver_s=2.0, wrong=["late"])
    one.took["cell"].append(0.1)
    other = Tally(runs=4, server_s=0.25, driver_s=2.5, errors=["lost"], came=1)
    other.took["cell"].append(0.3)
    whole = together([one, other])
    assert dict(whole.took) == {"cell": [0.1, 0.3]}
    assert (whole.runs, whole.came, whole.server_s, whole.driver_s) == (7, 1, 0.75, 2.5)
    assert (whole.errors, whole.wrong) == (["lost"], ["late"])
    assert one.took["cell"] == [0.1]


@pytest.mark.parametrize("act", ["step", "cell", "weight", "reduction", "smoothing", "paste"])
def test_each_act(copy, act):
    """Each act on the walk changes the case or the place as it says, and moves bytes both ways."""

    async def do():
        noted = []
        person = Person(Wire(copy.base), Random(8), lambda name, _: noted.append(name))
        await person.arrive()
        case, query = person.case.digest, person.wire.query
        await person.do(act)
        assert (person.case.digest != case) == (act != "step")
        assert person.wire.query != query
        assert noted == ["open", act]
        assert person.checked == 2
        assert person.wire.came > 0 < person.wire.said
        await person.wire.close()

    finished(do())


def test_all_pages(copy):
    """One person goes through all pages that people go to, and does there what can be done."""

    async def do():
        noted = []
        person = Person(Wire(copy.base), Random(4), lambda name, _: noted.append(name))
        await person.arrive()
        for page in ("gradient", "mistake", "practice", "start", "steps"):
            person.page = page
            await turn(person.wire, page)
            person.look()
        for page, act in (("gradient", "drag"), ("mistake", "answer")):
            person.page = page
            await turn(person.wire, page)
            await person.do(act)
        assert {"open", "drag", "answer"} <= set(noted)
        await person.wire.close()

    finished(do())


def test_wrong_answers_are_seen(copy):
    """Who has another case in mind than the page shows says so."""

    async def do():
        tally = Tally(counting=True)
        person = Person(Wire(copy.base), Random(5), tally.note)
        await person.arrive()
        person.case = person.case.replace(label_smoothing=0.3)
        with pytest.raises(WrongAnswerError, match="another case"):
            person.look()
        with tally.follow(person.wire):
            await person.do("step")
        assert len(tally.wrong) == 1
        assert not told([Setting(copy.base, copy.pid, 1, 1)], tally)["kept"]
        await person.wire.close()

    finished(do())


def test_a_dropped_line_is_seen(copy):
    """A socket that ends is an error of whoever waits."""

    async def do():
        wire = Wire(copy.base)
        await wire.open("/steps")
        await wire._socket.close()
        with pytest.raises(WireError, match="dropped"):
            await wire.rerun()
        await wire.close()

    finished(do())


def test_upload(copy):
    """A file goes up as a browser sends it, and its case is on the page."""

    async def do():
        wire = Wire(copy.base)
        await wire.open("/steps")
        field = await at_hand(wire, "file_uploader", "upload", "Upload")
        await wire.upload(field, "three.csv", b"1,2,3\n4,5,6\n7,8,9\n")
        shown = wire.screen.component("ledger")
        assert shown["values"]["logits"]["data"] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        await wire.close()

    finished(do())


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "localhost.example.org"])
def test_no_other_machine(host):
    """No load is put on another machine."""
    with pytest.raises(ValueError, match=r"address|not on this machine"):
        Wire(f"http://{host}:8501")


def test_bounded():
    """More people than the bound are refused."""
    Setting("http://127.0.0.1:1", 1, MOST, 1)
    with pytest.raises(ValueError, match="must be 1 to"):
        Setting("http://127.0.0.1:1", 1, MOST, 1, heavy=HEAVY["lab"], busy=1)


def test_slope():
    """A rise of 6 MB an hour is found through noise that is known; where none is, 0 lies within."""
    random = Random(0)
    at = [EVERY * k for k in range(360)]  # half an hour
    noise = [random.gauss(0, 1) for _ in at]
    rising = Samples(at, [300 + 6 * t / 3600 + n for t, n in zip(at, noise, strict=True)])
    slope, low, high = rising.slope(0)
    # 24 samples a block: a mean's error is 1/√24 = 0.2 MB; over 15 blocks of half an hour, whose
    # times have a deviation of 0.14 h, the slope's is 0.2 / (0.14 √15) = 0.4 MB an hour
    assert slope == pytest.approx(6, abs=1.2)
    assert 0 < low < 6 < high
    _, low, high = Samples(at, [300 + n for n in noise]).slope(0)
    assert low < 0 < high


def test_own_process():
    """A process's own costs are read: what it computed, and no more memory than it has."""
    before = cpu_seconds()
    sum(k * k for k in range(2_000_000))
    assert cpu_seconds() > before
    assert 0 < own_mb() <= resident_mb() + 1
