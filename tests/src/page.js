// Looks until a limit for what a person means by a name; what is hidden or has no size is not there.
// Arguments: what is looked for ("control", "sign", "field", "text" or "lost"), its name, milliseconds, and the answer's way.
const [kind, name, limit, done] = arguments;
const CONTROLS =
  "button, a[href], [role=button], [role=option], [role=menuitem], [role=tab], [role=radio], label";
const KINDS = {
  control: CONTROLS,
  // What can be read although it may not be pressed yet.
  sign: `${CONTROLS}, h1, h2, h3`,
  field: "input, textarea, select, [role=combobox], [contenteditable=true]",
};
const plain = (text) => text.replace(/\s+/g, " ").trim();
const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible";

// A simple reading of "Accessible Name and Description Computation": label, labelling nodes, then words.
function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  return node.getAttribute("aria-label") ?? [...node.childNodes].map(spoken).join(" ");
}
function named(node) {
  const label = node.getAttribute("aria-label");
  if (label) return plain(label);
  const by = (node.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const nodes = by.map((id) => document.getElementById(id)).filter(Boolean);
  const labels = nodes.length > 0 ? nodes : [...(node.labels ?? [])];
  return plain((labels.length > 0 ? labels : [node]).map(spoken).join(" "));
}
function find() {
  if (kind === "text" || kind === "lost") {
    const read = plain(document.body.innerText).toLowerCase().includes(plain(name).toLowerCase());
    return read === (kind === "text") && document.body;
  }
  const all = [...document.querySelectorAll(KINDS[kind])].filter((node) => shown(node) && (kind === "sign" || !node.disabled));
  return all.find((node) => named(node) === name) ?? all.find((node) => named(node).includes(name));
}
const end = Date.now() + limit;
(function look() {
  const found = find();
  if (found) done(found);
  else if (Date.now() > end) done(null);
  else setTimeout(look, 25);
})();
