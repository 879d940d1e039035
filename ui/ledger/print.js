/* On paper there is no stepping: every step stands below the one before, at the place looked at.
   What is hidden or kept back on the screen is so on paper. */

Ledger.prototype.print = function print() {
  if (!this.place) return;
  const { walk, place } = this;
  const now = JSON.stringify([place, [...this.revealed]]);
  if (this.paperOf === now) return;
  this.paperOf = now;
  const shown = (part, made) => (this.shows(part) ? made() : undefined);
  const steps = walk.steps.map((step, k) => {
    if (!this.shows("stepping") && step.key !== place.step) return undefined;
    const here = { ...place, step: step.key, term: 0 };
    return el(
      "li",
      {},
      el("h3", {}, `${k + 1}. ${step.title}`),
      shown("formula", () => equationOf(walk, step, here)),
      shown("sentence", () => el("p", {}, sentenceOf(walk, step, here))),
      shown("why", () => el("p", { class: "why" }, step.why)),
    );
  });
  const at = { row: capital(walk.rowName(place.row)), class: walk.className(place.class) };
  const about = tr("{row}, class {class}", at);
  this.paper.replaceChildren(el("h2", {}, about), el("ol", {}, ...steps.filter(Boolean)));
};
