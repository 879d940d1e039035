/* Links in groups; a plain click on one is told to Python, which opens its page in this tab. */

const NARROW = "(max-width: 768px)"; // where Streamlit lays the menu over the page

/** An element with a text and what else it has. */
function made(name, text = "", more = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...more });
}

/** A link that stays in this tab, unless the person asks for another one. */
function link({ page, title, href }, here, nav) {
  const one = made("a", title, { href });
  one.dataset.page = page;
  if (page === here) one.setAttribute("aria-current", "page");
  one.onclick = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    nav.wceGo({ page, href: one.getAttribute("href") });
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    if (here && matchMedia(NARROW).matches) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  };
  return one;
}

function group([title, links], at, here, nav) {
  const section = made("section");
  const list = made("ul");
  if (title) {
    const heading = made("p", title, { id: `group-${at}` });
    list.setAttribute("aria-labelledby", heading.id);
    section.append(heading);
  }
  for (const one of links) {
    const item = made("li");
    item.append(link(one, here, nav));
    if (one.note) item.append(made("span", one.note));
    list.append(item);
  }
  section.append(list);
  return section;
}

/** Everything but where the links lead, which is all that an edit changes. */
function looks(data) {
  return JSON.stringify(data, (name, value) => (name === "href" ? "" : value));
}

function draw(nav, data) {
  const held = nav.getRootNode().activeElement?.dataset.page; // keeps its focus over the redrawing
  nav.className = `wce-links ${data.look}`;
  nav.setAttribute("aria-label", data.label);
  const [strong, rest] = data.head;
  const head = made("p", "", { className: "head" });
  head.append(made("strong", strong), rest);
  nav.replaceChildren(...(strong ? [head] : []), ...data.groups.map((one, at) => group(one, at, data.here, nav)));
  if (held) nav.querySelector(`[data-page="${held}"]`)?.focus();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector(".wce-links");
  nav.wceGo = (where) => setTriggerValue("go", where);
  const now = looks(data);
  if (nav.wceLooks !== now) draw(nav, data);
  nav.wceLooks = now;
  const hrefs = data.groups.flatMap(([, links]) => links.map((one) => one.href));
  nav.querySelectorAll("a").forEach((one, at) => one.setAttribute("href", hrefs[at]));
}
