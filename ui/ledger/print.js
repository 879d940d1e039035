/* On paper there is no stepping: every step stands below the one before, at the place looked at. */

Ledger.prototype.print = function print() {
  if (!this.place) return;
  const { walk, place } = this;
  const now = JSON.stringify(place);
  if (this.paperOf === now) return;
  this.paperOf = now;
  const steps = walk.steps.map((step, k) => {
    const here = { ...place, step: step.key, term: 0 };
    return el(
      "li",
      {},
      el("h3", {}, `${k + 1}. ${step.title}`),
      equationOf(walk, step, here),
      el("p", {}, sentenceOf(walk, step, here)),
      el("p", { class: "why" }, step.why),
    );
  });
  const about = `${capital(walk.rowName(place.row))}, class ${walk.className(place.class)}`;
  this.paper.replaceChildren(el("h2", {}, about), el("ol", {}, ...steps));
};
