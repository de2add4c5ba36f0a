// Every tab stop of the screen, or of the dialog over it, that looks the same with the focus and without it.
// A stop may show its focus on what stands around it, or on the label beside it.
const [done] = arguments;
const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
const dialogs = [...document.querySelectorAll("[role=dialog]")].filter(shown);
const place = dialogs.at(-1) ?? document.body;
const all = place.querySelectorAll("a[href], button, input, select, textarea, [tabindex]");
const stops = [...all].filter((node) => node.tabIndex >= 0 && !node.disabled && shown(node));
const LOOK = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "backgroundColor", "color", "clipPath", "transform"];
const around = (node) =>
  [node, node.parentElement, node.parentElement?.parentElement, node.nextElementSibling].filter(Boolean);
const look = (node) =>
  around(node)
    .map((each) => {
      const style = getComputedStyle(each);
      return LOOK.map((key) => style[key]).join();
    })
    .join(";");
const unseen = [];
for (const stop of stops) {
  document.activeElement?.blur();
  const before = look(stop);
  stop.focus();
  // Whoever hands the focus on, such as a dialog to its first field, is no stop.
  if (document.activeElement === stop && look(stop) === before) unseen.push(stop.outerHTML.slice(0, 160));
}
document.activeElement?.blur();
done(unseen);
