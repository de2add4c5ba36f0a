import fs from "node:fs";
import path from "node:path";

/** The classes that a module of CSS declares. */
export function classesOf(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\{[^{}]*\}/g, " ");
  return new Set([...plain.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name]) => name));
}

/** Holds `style["name"]` to the classes that the imported module declares: one that does not exist changes nothing. */
export const cssClasses = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const modules = new Map();
    return {
      ImportDeclaration({ source, specifiers }) {
        if (!source.value.endsWith(".module.css")) return;
        const file = path.resolve(path.dirname(context.filename), source.value);
        const local = specifiers.find(({ type }) => type === "ImportDefaultSpecifier")?.local.name;
        if (local) modules.set(local, classesOf(fs.readFileSync(file, "utf8")));
      },
      MemberExpression(node) {
        const classes = node.object.type === "Identifier" && modules.get(node.object.name);
        if (!classes || !node.computed || node.property.type !== "Literal") return;
        const name = String(node.property.value);
        if (!classes.has(name)) context.report({ node, message: `no class .${name} in this module` });
      },
    };
  },
};
