// Puts a packed payload back together: each number with its sentences, as packing.py had them.

function unpacked({ phrases, own, ones, trap, divided, ...rest }) {
  const said = ([phrase, ...figures]) => phrases[phrase].replace(/#/g, () => figures.shift());
  const number = ([text, called, made, concept, of, full, cell]) => ({
    text,
    called: said(called),
    made: said(made),
    concept: concept ?? "",
    of: of || [],
    full: full || text,
    cell: cell || text,
  });
  const book = (part) => ({
    ...part,
    numbers: Object.fromEntries(Object.entries(part.numbers).map(([name, row]) => [name, number(row)])),
  });
  return {
    ...rest,
    own: book(own),
    ones: ones && book(ones),
    trap: book(trap),
    divided: { ...divided, cuts: divided.cuts.map(book) },
  };
}
