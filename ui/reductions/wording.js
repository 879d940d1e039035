// The texts that stand around what is drawn, in the language of the page.

function wording(root, { trap }) {
  const texts = {
    "cards-title": tr("Three reductions, and a common mistake"),
    "ones": tr("All weights 1"),
    "hint": tr("Point at a number, tap it, or reach it with Tab and the arrow keys: the same number lights up everywhere, and the numbers it was made from get a frame."),
    "reveal": tr("Show the next"),
    "areas-title": tr("The same, as areas"),
    "finish": tr("Show all at once"),
    "trap-title": tr("Guess first: one sample, three weights"),
    "trap-lead": trap.lead,
    "up": tr("It goes up"),
    "stays": tr("It stays"),
    "down": tr("It goes down"),
    "parts-title": tr("A batch in parts"),
    "parts-lead": tr("Gradient accumulation cuts a batch that does not fit into memory into micro-batches. Several workers (DDP) each take a part. Often the means of the parts are then averaged. That is the mean of the batch only where all parts weigh the same."),
    "cut": tr("Rows in each part"),
    "parts-always": tr("The way that always works: take `reduction=\"sum\"` in each part, and divide by the weights of the whole batch, not of the part. In code, where `parts` are pairs of logits and target:"),
    "parts-ddp": tr("DDP averages the gradients of its workers. So there, add up the weights over all workers, and multiply the loss by the number of workers."),
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const place of root.querySelectorAll(`[data-say=${name}]`)) place.replaceChildren(...rich(text));
  }
  const labels = {
    guesses: tr("What does the mean loss do?"),
    code: tr("Code"),
    about: tr("About this number"),
  };
  for (const [name, text] of Object.entries(labels)) {
    root.querySelector(`[data-label=${name}]`).setAttribute("aria-label", text);
  }
}
