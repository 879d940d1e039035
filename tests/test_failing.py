"""A page that fails shows a sentence and a code, keeps its frame and the link, and logs no words."""

import logging
import re
import threading
import warnings

import pytest
import streamlit as st
from streamlit import error_util
from streamlit.runtime.pages_manager import PagesManager

from tests.browser.conftest import ROOT
from ui import failing, header, inputs, reporting, state
from ui.lab.jobs import Job

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from streamlit.testing.v1 import AppTest

TYPED = "0.31415"  # stands for what a person typed
LINK = {"logits": "1,2;3,4", "target": "0,1", "reduction": "sum"}
CODE = re.compile(rf"\*\*([{reporting.LETTERS}]{{{reporting.LENGTH}}})\*\*")
LANGUAGES = {"en": "This part of the page failed", "de": "Dieser Teil der Seite ist gescheitert"}


class Lines(logging.Handler):
    """The log as it is written."""

    def __init__(self):
        super().__init__()
        self.setFormatter(reporting.Form(reporting.FORM))
        self.written = []

    def emit(self, record):
        """Keep a line."""
        self.written.append(self.format(record))


@pytest.fixture
def log(monkeypatch):
    """What the app and Streamlit log from here on."""
    monkeypatch.delenv("LOG_MESSAGES", raising=False)
    failing.start()
    lines = Lines()
    loggers = [reporting.LOG, *map(logging.getLogger, ("streamlit.error_util", "streamlit"))]
    for logger in loggers:
        logger.addHandler(lines)
    yield lines.written
    for logger in loggers:
        logger.removeHandler(lines)


@pytest.fixture(autouse=True)
def framed(monkeypatch):
    """AppTest forgets before each run that app.py is the frame, and would run the page's file alone."""
    begin = PagesManager.__init__

    def begun(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        monkeypatch.setattr(PagesManager, "uses_pages_directory", False)

    monkeypatch.setattr(PagesManager, "__init__", begun)


def opened(**query):
    """The first page, opened by a link."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(LINK | query)
    return app.run()


def broken(*_, **__):
    """Fail, and quote what was typed."""
    raise ValueError(TYPED)


def choose(app, reduction):
    """Choose a reduction, as a person does."""
    key = f"reduction-{app.session_state['generation']}-0"
    app.segmented_control(key=key).set_value(reduction).run()


def said(app):
    """The one code that the page shows."""
    (box,) = app.exception
    return CODE.search(box.value)[1]


@pytest.mark.parametrize(("lang", "sentence"), LANGUAGES.items(), ids=LANGUAGES)
def test_page(log, monkeypatch, lang, sentence):
    """A page that fails says so in its language; the menu stands, and the log has the same code."""
    monkeypatch.setattr(header, "title", broken)
    app = opened(lang=lang)
    assert app.exception[0].value.startswith(sentence)
    assert len(app.sidebar) > 0
    assert "outermost" in app.session_state  # the last part of the frame
    (line,) = log
    assert re.search(rf" ERROR app: {said(app)} page=start ValueError at .*broken$", line)
    assert TYPED not in line


def test_link_is_written(log, monkeypatch):
    """What a person did before the page failed is in the link."""
    app = opened()
    monkeypatch.setattr(header, "title", broken)
    choose(app, "none")
    assert said(app)
    assert app.query_params["reduction"] == "none"
    assert len(log) == 1


def test_callback(log, monkeypatch):
    """A callback that fails leaves the page and its numbers; the next one clears the message."""
    app = opened()
    with monkeypatch.context() as patched:
        patched.setattr(inputs, "_take", broken)
        choose(app, "none")
    assert said(app) in log[0]
    assert TYPED not in log[0]
    assert len(app.sidebar) > 0
    assert app.session_state["view"].case.reduction == "sum"
    choose(app, "mean")
    assert not app.exception
    assert app.session_state["view"].case.reduction == "mean"
    assert len(log) == 1


def test_callback_on_another_page():
    """What failed on one page is not said on another."""
    app = opened()
    app.session_state["held"] = {failing.HELD: ("steps", "QQQQQQ")}
    assert not app.run().exception
    app.session_state["held"] = {failing.HELD: ("start", "QQQQQQ")}
    assert said(app.run()) == "QQQQQQ"


def test_fragment(log):
    """A fragment that fails says so in its place, and the page around it ends as a failed run."""

    def script():
        import streamlit as st

        from ui import failing

        failing.start()

        @st.fragment
        def part():
            st.button("again")
            raise ValueError("0.31415")

        with st.container(key="place"):
            failed = failing.tried(part)
        st.write("after")
        failing.end(failed)

    app = AppTest.from_function(script).run()
    assert [text.value for text in app.markdown] == ["after"]
    assert said(app) in log[0]
    app.button[0].click().run()
    assert len(log) == 2
    assert TYPED not in "".join(log)


def test_frame(log, monkeypatch):
    """Where the frame itself fails, the same sentence stands in the empty page."""
    monkeypatch.setattr(state, "leave", broken)
    assert said(opened()) in log[0]
    assert len(log) == 1
    assert TYPED not in log[0]


def test_training(log):
    """A training that fails is logged at once, whether or not somebody looks, with one code."""
    job = Job(broken)
    job.run()
    assert job.ended == "failed"
    code = reporting.report(job.problem, "training")
    (line,) = log
    assert f"{code} page=training ValueError" in line
    assert TYPED not in line


def test_thread(log):
    """An error that ends a thread is logged in the same words."""
    thread = threading.Thread(target=broken, name="a thread")
    thread.start()
    thread.join()
    assert "page=thread a thread ValueError" in log[0]
    assert TYPED not in log[0]


def test_stopping_is_no_error(log):
    """st.stop and st.rerun go through: they end a run and are nobody's fault."""

    def script():
        import streamlit as st

        from ui import failing

        failing.start()
        if "twice" not in st.session_state:
            st.session_state.twice = True
            failing.tried(st.rerun)
        st.write("second")
        failing.tried(st.stop)
        st.write("not reached")

    app = AppTest.from_function(script).run()
    assert [text.value for text in app.markdown] == ["second"]
    assert not app.exception
    assert not log


def caused(cause):
    """Fail for a reason."""
    raise LookupError(TYPED) from cause


def meanwhile():
    """Fail while an error is handled."""
    try:
        {}[TYPED]
    except KeyError:
        broken()


CHAINS = {
    "alone": ("KeyError at ", lambda: {}[TYPED]),
    "caused": (" caused by KeyError at ", lambda: caused(KeyError(TYPED))),
    "in place of": (" caused by KeyError at ", meanwhile),
}


@pytest.mark.parametrize(("told", "act"), CHAINS.values(), ids=CHAINS)
def test_where_it_happened(log, told, act):
    """The line holds types, files, lines and functions, of causes too, and not one message."""
    with pytest.raises(Exception) as problem:  # noqa: PT011 - whatever it is
        act()
    reporting.report(problem.value, "here")
    assert told in log[0]
    assert re.search(r"tests/test_failing\.py:\d+ (<lambda>|meanwhile)|no frame", log[0])
    assert TYPED not in log[0]
    assert str(ROOT) not in log[0]


def test_other_loggers_quote_nothing(log):
    """What a library logs of an error is its type and place, whatever text it has beside it."""
    logger = logging.getLogger("streamlit")
    try:
        broken()
    except ValueError as problem:
        logger.exception("task %s has\n%s", "x", TYPED)
        logger.error("because of %s", problem)  # noqa: TRY400
        logger.warning(problem)
    whole, named, alone = (line.partition(" streamlit: ")[2] for line in log)
    assert re.fullmatch(r"page=- ValueError at .*:\d+ broken", whole)
    assert (named, alone) == ("because of ValueError", "ValueError")


def test_messages_for_development(log, monkeypatch):
    """With LOG_MESSAGES=1 the log also says what the error says."""
    monkeypatch.setenv("LOG_MESSAGES", "1")
    with pytest.raises(ValueError, match=TYPED) as problem:
        broken()
    reporting.report(problem.value, "here")
    assert TYPED in "".join(log)


def test_codes():
    """A code has six signs, no two of which look alike or make a word."""
    letters = set(reporting.LETTERS)
    assert not letters & set("AEIOU")
    for alike in ("0O", "0Q", "1I", "1L", "2Z", "5S", "6G", "8B", "UV"):
        assert len(letters & set(alike)) <= 1, alike
    names = {reporting.report(ValueError(), "x") for _ in range(50)}
    assert len(names) == 50


def test_counted(log):
    """Each error is counted once, on its page."""
    before = reporting.counted["here"]
    problem = ValueError()
    assert reporting.report(problem, "here") == reporting.report(problem, "there")
    assert reporting.counted["here"] == before + 1
    assert len(log) == 1


def test_places_in_streamlit():
    """The three places that are taken over are there in the version that is pinned."""
    failing.start()
    assert error_util.show_uncaught_app_exception is failing.show
    assert error_util._log_uncaught_app_exception is failing.report
    assert failing._run_callback.__name__ == "_run_callback_and_record_rerun"
    assert st.__version__ == "1.67.0"
