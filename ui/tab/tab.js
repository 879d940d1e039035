/* What this browser tab brings to a server that does not know it: kept in the page's memory and sent
   when the connection is back. Streamlit sends the fields' values by itself. Only while the page is
   put away, to be loaded anew or by a phone short of memory, its notes lie in the tab's own storage. */

const PATIENCE = 1500; // ms without a connection before it is said
const SHORT = 20_000; // characters of a note that goes along at once; longer ones are asked for
const MARK = "wce-tab "; // before a note's name in the storage

// at the window: it outlives this element, and this text in another version of the app
const tab = (globalThis.wceTab ??= {});
tab.notes ??= {};

/** What the server says at the end of a run: only notes that are new come with it. */
tab.hear = ({ brings, notes, says, heard }) => {
  const known = { ...tab.stored, ...tab.notes, ...notes };
  tab.brings = brings;
  tab.notes = Object.fromEntries(Object.keys(brings.notes).flatMap((name) => (name in known ? [[name, known[name]]] : [])));
  tab.says = says;
  const lacking = Object.keys(brings.notes).filter((name) => !(name in known));
  if (lacking.length && String(lacking) !== tab.lacking) {
    tab.lacking = String(lacking); // asked for once: the server may have it no longer
    tab.send?.("lacking", lacking);
  }
  if (tab.late) {
    // after a reload; not before the page is drawn, or Streamlit would ask for the first page
    tab.late = false;
    setTimeout(() => { call(tab.stored); greet(tab.stored); });
  }
  if (!heard || heard !== tab.called) return;
  tab.called = 0;
  tab.send("brought", null); // else it would go along with every click
};

/** What a new session has to know, said with its first message. */
function brought(call, kept = tab.notes) {
  const texts = Object.entries(kept).filter(([, text]) => text.length <= SHORT);
  const notes = Object.entries(kept).map(([name, text]) => [name, text.length]);
  return { ...tab.brings, notes: Object.fromEntries(notes), texts: Object.fromEntries(texts), call };
}

/** A session that has just begun is given the long notes as well. */
function greet(kept) {
  const long = Object.entries(kept).filter(([, text]) => text.length > SHORT);
  if (long.length) setTimeout(() => tab.give("notes", Object.fromEntries(long)));
}

function call(kept) {
  tab.called = tab.calls = (tab.calls ?? 0) + 1;
  tab.send("brought", brought(tab.called, kept));
}

/** Put the notes where they outlive the page, note by note: the storage may be full, or forbidden. */
function store() {
  for (const [name, text] of Object.entries(tab.notes)) {
    try { sessionStorage.setItem(MARK + name, text); } catch { continue; }
  }
}

/** Take them out again. */
function fetched() {
  const kept = {};
  try {
    for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(MARK))) {
      kept[key.slice(MARK.length)] = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
    }
  } catch { return {}; }
  return kept;
}

function connected() {
  return document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED";
}

/** The connection is lost, or is back. */
function look() {
  if (connected() === !tab.lost || !tab.brings) return;
  tab.lost = !tab.lost;
  clearTimeout(tab.saying);
  if (tab.lost) {
    tab.saying = setTimeout(() => tab.say(tab.says), PATIENCE);
    tab.send("brought", brought(0)); // lies ready: Streamlit may send the first message itself
  } else {
    tab.say("");
    call(tab.notes);
  }
}

function watch() {
  tab.watching?.disconnect();
  tab.watching = new MutationObserver(look);
  const app = document.querySelector("[data-testid=stApp]");
  tab.watching.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const line = parentElement.querySelector(".lost");
  tab.send = setStateValue;
  tab.give = setTriggerValue;
  tab.say = (text) => { line.textContent = text; };
  if (!tab.stored) {
    tab.stored = fetched();
    addEventListener("pagehide", store);
    document.addEventListener("visibilitychange", () => (document.hidden ? store() : fetched()));
    tab.late = Object.keys(tab.stored).length > 0;
  }
  if (tab.told) tab.hear(tab.told);
  if (data.session !== tab.session) {
    tab.session = data.session;
    greet(tab.notes);
  }
  watch();
  look();
}
