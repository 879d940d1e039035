/* The walk without a server: what is looked at stands in the part of the address after #. */

const PLACE = ["step", "row", "class", "term"];

/** The place that the address asks for, over the one that the file begins with. */
function asked(begin) {
  const said = new URLSearchParams(location.hash.slice(1));
  const place = { ...begin };
  for (const part of PLACE) {
    if (!said.has(part)) continue;
    const number = Number(said.get(part));
    if (part === "step") place.step = said.get(part);
    else if (Number.isInteger(number) && number >= 0) place[part] = number;
  }
  return place;
}

/** Say the place in the address, for a link to it and for the browser's Back. */
function say(place) {
  const said = PLACE.filter((part) => place[part] || (part !== "term" && place[part] === 0));
  const hash = `#${said.map((part) => `${part}=${place[part]}`).join("&")}`;
  if (hash === location.hash) return;
  try {
    history.pushState(null, "", hash);
  } catch {
    location.hash = hash; // where a frame may not write its history
  }
}

const payload = JSON.parse(document.getElementById("walk").textContent);
const begin = payload.view;
payload.view = asked(begin);
const ledger = new Ledger(document.querySelector(".wce-ledger"), payload, {
  onPlace: say,
  onDrawn: () => document.documentElement.classList.add("drawn"),
});
addEventListener("popstate", () => ledger.update(payload, asked(begin)));
