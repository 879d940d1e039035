// What moves: lighting up, building, switching, guessing, cutting. All of it stays in the browser.

const states = new WeakMap();
const seen = (element) => element.checkVisibility({ visibilityProperty: true });

export default function ({ data: packed, parentElement }) {
  const data = unpacked(packed);
  speak(data);
  const root = parentElement.querySelector("[data-app=reductions]");
  const state = states.get(parentElement) ?? {
    ones: false,
    guess: "",
    acts: 0,
    rows: false,
    shown: 0,
    open: new Set(),
  };
  states.set(parentElement, state); // what the person did outlives a run of the script
  const fresh = !state.data || state.data.id !== data.id;
  state.data = data;
  state.stop?.abort();
  state.stop = new AbortController();
  if (fresh) {
    state.built = data.own.bars.length;
    state.divided = true;
    state.size = data.divided.cuts[0].size;
    state.ones = state.ones && data.ones !== null;
    state.rows = false;
    state.shown = 0;
  }
  state.areas ??= root.querySelector("[data-part=areas]");
  wording(root, data);
  bind(root, state);
  return () => state.stop.abort();
}

// The card goes above the number that it is about where it would lie on it.
function uncover(card, one) {
  card.style.translate = "none";
  const [own, other] = [card, one].map((element) => element.getBoundingClientRect());
  const covers = own.top < other.bottom && own.bottom > other.top;
  if (covers) card.style.translate = `0 ${other.top - own.bottom - 8}px`;
}

function bind(root, state) {
  const { data } = state;
  const inside = (what) => root.querySelector(what) ?? state.areas.querySelector(what);
  const find = (part) => inside(`[data-part=${part}]`);
  const control = (name) => inside(`[data-do=${name}]`);
  const hides = (part) => data.hide.includes(part);
  const say = (text) => { find("live").textContent = text; };
  const scene = () => (state.ones && data.ones ? data.ones : data.own);
  const cut = () => data.divided.cuts.find((one) => one.size === state.size);
  const books = () => [scene().numbers, data.trap.numbers, cut().numbers];
  const entry = (name) => books().map((book) => book[name]).find((found) => found);
  let chosen = null; // the very number that the card is about
  let held = ""; // tapped or focused: stays lit until something else is
  let holds = null; // the very number that is held
  const on = (event, act) => root.addEventListener(event, act, { signal: state.stop.signal });

  function drawScene() {
    const now = scene();
    const few = now.bars.length <= 12 && !data.framed;
    drawCards(find, now, data.chosen, data.hide);
    drawLegend(find, now);
    find("fault").hidden = !now.fault;
    find("fault").textContent = now.fault && tr("No picture this time. {why} The numbers above still hold.", { why: now.fault });
    find("plots").hidden = Boolean(now.fault);
    find("legend").hidden = Boolean(now.fault);
    find("controls").hidden = !now.bars.length;
    find("note").textContent = now.note;
    const toggle = control("rows");
    toggle.hidden = few;
    toggle.textContent = state.rows ? tr("Hide the rows") : tr("Show every row as a table");
    toggle.setAttribute("aria-expanded", String(state.rows));
    find("rows").hidden = !now.bars.length || (!few && !state.rows);
    if (now.bars.length) drawRows(find, now);
    else find("rows").replaceChildren();
    drawBuild();
    if (data.present) reveal(0);
  }

  function reveal(steps) {
    const cards = find("cards").children;
    state.shown = Math.min(Math.max(state.shown + steps, 0), cards.length + 1);
    const left = veil(root, state.shown);
    control("reveal").hidden = left === 0;
    if (steps > 0) say(cards[state.shown - 1]?.innerText ?? spoken(scene().numbers, scene().sentence));
    if (steps > 0 && left === 0) find("sentence").scrollIntoView({ block: "start" });
    rove();
    fit(state.areas);
  }

  function drawBuild() {
    const now = scene();
    const count = now.bars.length;
    const whole = find("running-whole");
    if (!count) {
      find("running").replaceChildren();
      whole.replaceChildren();
      return "";
    }
    const shared = data.ones && !data.own.apart && !data.own.fault ? [data.own, data.ones] : [now];
    if (!now.fault) drawPlots(find("plots"), now, scales(shared), state.built, state.divided, data.hide);
    const words = drawRunning(find, now, state.built, state.divided, !hides("sum") && !hides("mean"));
    const button = control("build");
    button.textContent = state.divided
      ? tr("Build {total} term by term", { total: now.letters.total })
      : state.built === count ? tr("Divide") : now.bars[state.built].add;
    control("finish").hidden = state.divided;
    rove();
    fit(state.areas);
    light(held, holds);
    return words;
  }

  function drawCut() {
    const words = drawParts(find, cut());
    rove();
    return words;
  }

  // One stop with Tab for each group of numbers; the arrows go from number to number in it.
  function rove() {
    for (const group of root.querySelectorAll("[data-rove]")) {
      const numbers = [...group.querySelectorAll("button")];
      const stop = numbers.find((one) => one.getAttribute("tabindex") === "0" && seen(one)) ?? numbers.find(seen);
      for (const one of numbers) one.setAttribute("tabindex", one === stop ? "0" : "-1");
    }
  }

  function step(event) {
    const group = event.target.closest("[data-rove]");
    const ways = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (event.key === "Escape") return release();
    if (!group || !(event.key in ways)) return undefined;
    const numbers = [...group.querySelectorAll("button")].filter(seen);
    const at = numbers.indexOf(event.target);
    const to = Math.min(Math.max(at + ways[event.key], 0), numbers.length - 1);
    event.preventDefault();
    event.stopPropagation();
    numbers[at]?.setAttribute("tabindex", "-1");
    numbers[to].setAttribute("tabindex", "0");
    numbers[to].focus();
    return undefined;
  }

  function light(name, at) {
    const found = name ? entry(name) : undefined;
    for (const one of root.querySelectorAll(".lit, .source")) one.classList.remove("lit", "source");
    const about = find("about");
    about.classList.toggle("open", Boolean(found));
    chosen = null;
    if (!found) return;
    for (const one of root.querySelectorAll("[data-n]")) {
      one.classList.toggle("lit", one.dataset.n === name);
      one.classList.toggle("source", found.of.includes(one.dataset.n));
    }
    about.replaceChildren(
      make("p", {}, make("b", { class: `n-text ${found.concept}` }, found.text), ` ${found.called}: ${found.made}.`),
      make("p", { class: "quiet" }, tr("Full value {value}", { value: found.full })),
    );
    chosen = at;
    if (at) uncover(about, at);
  }

  function hold(name, at) {
    [held, holds] = [name, at];
    light(name, at);
    const found = entry(name);
    if (found) say(`${found.text}, ${found.called}: ${found.made}.`);
  }

  function release() {
    [held, holds] = ["", null];
    light("");
  }

  const acts = {
    ones(control) {
      state.ones = control.checked;
      drawScene();
      say(spoken(scene().numbers, scene().sentence));
    },
    build() {
      const count = scene().bars.length;
      if (state.divided) [state.built, state.divided] = [0, false];
      else if (state.built < count) state.built += 1;
      else state.divided = true;
      say(drawBuild());
    },
    finish() {
      [state.built, state.divided] = [scene().bars.length, true];
      control("build").focus();
      say(drawBuild());
    },
    rows() {
      state.rows = !state.rows;
      drawScene();
      rove();
    },
    reveal() {
      reveal(1);
    },
    fold(control) {
      const section = control.closest("section");
      const open = control.getAttribute("aria-expanded") === "false";
      state.open[open ? "add" : "delete"](section.getAttribute("aria-labelledby"));
      control.setAttribute("aria-expanded", String(open));
      section.querySelector("[data-body]").hidden = !open;
      if (open) section.scrollIntoView({ block: "nearest" });
    },
    guess(control) {
      state.guess = control.dataset.guess;
      state.acts = Math.max(state.acts, 1);
      say(drawTrap(find, root, data.trap, state.guess, state.acts));
      rove();
    },
    act() {
      state.acts += 1;
      say(drawTrap(find, root, data.trap, state.guess, state.acts));
      rove();
      const card = find("acts").children[state.acts - 1];
      card.querySelector("button").focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    },
    cut(control) {
      state.size = Number(control.value);
      say(drawCut());
    },
  };

  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const found = event.target.closest("[data-n]");
    if (found) light(found.dataset.n, found);
    else light(held, holds);
  });
  on("pointerleave", () => light(held, holds));
  on("focusin", (event) => {
    const found = event.target.closest("[data-n]");
    if (found && event.target.matches(":focus-visible")) hold(found.dataset.n, found);
  });
  on("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) light(held, holds);
  });
  on("keydown", step);
  document.addEventListener(
    "keydown",
    (event) => {
      const steps = data.present ? stride(event, veil(root, state.shown)) : 0;
      if (!steps) return;
      event.preventDefault();
      reveal(steps);
    },
    { signal: state.stop.signal },
  );
  on("click", (event) => {
    const found = event.target.closest("[data-n]");
    const button = event.target.closest("button[data-do]");
    if (button) acts[button.dataset.do](button);
    else if (found) hold(found.dataset.n, found);
    else if (!event.target.closest(".about, label, select")) release();
  });
  on("change", (event) => {
    const name = event.target.dataset.do;
    if (name) acts[name](event.target);
  });

  const moved = () => chosen && uncover(find("about"), chosen);
  document.addEventListener("scroll", moved, { capture: true, passive: true, signal: state.stop.signal });

  const size = new ResizeObserver(() => fit(state.areas));
  size.observe(root);
  state.stop.signal.addEventListener("abort", () => size.disconnect());

  lay(root, state, hides);
  const ones = control("ones");
  ones.checked = state.ones;
  ones.closest("label").hidden = data.ones === null;
  find("unweighted").textContent = data.own.unweighted;
  find("parts-why").textContent = data.divided.why;
  find("code").textContent = data.divided.code;
  control("cut").replaceChildren(
    ...data.divided.cuts.map((one) => make("option", { value: one.size, selected: one.size === state.size }, String(one.size))),
  );
  drawTrap(find, root, data.trap, state.guess, state.acts);
  drawCut();
  drawScene();
  document.documentElement.classList.add("wce-drawn");
}
