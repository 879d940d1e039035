/* The ledger as a Streamlit component: called again on each run of the script, with the same
   element. Places go to Python a little late and together, so that quick steps are one message. */

const PATIENCE = 300; // ms of quiet before a place is sent
const ANSWERED = 3000; // ms after which no answer is waited for any more

/** One ledger and what Python knows of it. */
class Link {
  constructor(element) {
    this.element = element;
  }

  /** What Python says: the walk, and the place it thinks is looked at. */
  receive(payload) {
    const walk = JSON.stringify({ ...payload, view: null });
    const view = payload?.view ?? {};
    const edited = walk !== this.walk;
    this.walk = walk;
    if (!this.ledger) {
      this.sent = view;
      this.ledger = new Ledger(this.element, payload, {
        onPlace: (place) => this.moved(place),
        onDrawn: () => document.documentElement.classList.add("wce-drawn"),
      });
      return;
    }
    const stale = this.isStale(view);
    // an edit while stepping: the numbers are new, the place is the one on the screen
    if (edited) this.ledger.update(payload, stale ? this.ledger.place : view);
    else if (!stale && !same(view, this.ledger.place)) this.adopt(view);
    if (!stale) this.sent = view;
  }

  /** Another place from Python, by the browser's Back or a link: not to be sent again. */
  adopt(view) {
    this.adopting = true;
    this.ledger.go(view);
    this.adopting = false;
  }

  /** Whether a view from Python is older than what is on the screen. */
  isStale(view) {
    if (this.timer) return true;
    if (!this.waiting || Date.now() - this.waiting > ANSWERED) return false;
    if (!same(view, this.sent)) return true;
    this.waiting = 0;
    return false;
  }

  moved(place) {
    if (this.adopting) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (same(place, this.sent)) return;
      this.sent = place;
      this.waiting = Date.now();
      this.send(place);
    }, PATIENCE);
  }
}

/* Python may not know of every part of a place. */
function same(view, place) {
  return Boolean(place) && Object.entries(view).every(([part, value]) => place[part] === value);
}

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".wce-ledger");
  // kept at the element: it outlives this call, and a reload of this text
  const link = (element.wceLink ??= new Link(element));
  link.send = (place) => setStateValue("place", place);
  link.receive(data);
  return () => {
    clearTimeout(link.timer);
    link.ledger.destroy();
    delete element.wceLink;
  };
}
