// Watches the tab stops that the key reaches, and tells of those that look the same with the focus and without it.
// Called with nothing it begins and answers how often to strike the key; called again it tells.
// A stop may show its focus on what stands around it, or on the label beside it.
const LOOK = [
  "outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "backgroundColor", "color", "transform", "top",
];
const around = (node) =>
  [node, node.parentElement, node.parentElement?.parentElement, node.nextElementSibling].filter(Boolean);
const look = (node) =>
  around(node)
    .map((each) => {
      const style = getComputedStyle(each);
      return LOOK.map((key) => style[key]).join();
    })
    .join(";");
const shown = (node) => node.checkVisibility({ visibilityProperty: true });
if (!window.stops) {
  const stops = (window.stops = new Map());
  // A menu or a dialog with one field has the focus already, and no key leads on.
  // What a hand pressed has it too, and shows it by a key alone.
  const first = document.activeElement;
  const byKey = first?.matches(":focus-visible");
  if (first && first !== document.body) stops.set(first, byKey ? look(first) : null);
  window.atStop = ({ target }) => stops.set(target, look(target));
  document.addEventListener("focusin", window.atStop);
  const all = document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]");
  return [...all].filter((node) => node.tabIndex >= 0 && !node.disabled && shown(node)).length;
}
document.removeEventListener("focusin", window.atStop);
document.activeElement?.blur();
const stops = [...window.stops].filter(([node]) => node.isConnected);
window.stops = null;
const unseen = stops.filter(([node, seen]) => node.tabIndex >= 0 && look(node) === seen);
return { reached: stops.length, unseen: unseen.map(([node]) => node.outerHTML.slice(0, 160)) };
