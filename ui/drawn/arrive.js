/* The code of a part has come: the parts that wait for it are drawn, and later ones at once. */

const arrived = ((window.wceParts ??= {})[NAME] ??= { waiting: new Map() });
arrived.style = new CSSStyleSheet();
arrived.style.replaceSync(STYLE);
arrived.draw = drawWith;
for (const draw of arrived.waiting.values()) draw();
arrived.waiting.clear();

export default function () {}
