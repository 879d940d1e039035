/* A part of the page, drawn as soon as its code is there; the code comes in a message of its own. */

export default function ({ data: [data], ...rest }) {
  const given = { data, ...rest };
  const known = ((window.wceParts ??= {})[NAME] ??= { waiting: new Map() });
  const place = given.parentElement;
  let clean;
  const draw = () => {
    const root = place.getRootNode();
    if (!root.adoptedStyleSheets.includes(known.style)) root.adoptedStyleSheets.push(known.style);
    clean = known.draw(given);
  };
  if (known.draw) draw();
  else known.waiting.set(place, draw);
  return () => {
    known.waiting.delete(place);
    clean?.();
  };
}
