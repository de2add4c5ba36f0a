import path from "node:path";

/** What each folder of `src` may import, besides itself. */
const MAY_IMPORT = {
  generated: [],
  i18n: ["generated"],
  host: ["generated"],
  components: ["i18n"],
  forms: ["components", "host", "i18n", "generated"],
  records: ["forms", "components", "host", "i18n", "generated"],
  features: ["records", "forms", "components", "host", "i18n", "generated"],
  app: ["features", "records", "forms", "components", "host", "i18n", "generated"],
  testing: ["app", "features", "records", "forms", "components", "host", "i18n", "generated"],
};

/** The folder of `src` a file lies in, and below `features` the feature; null outside `src` or at its root. */
function placeOf(file) {
  const parts = file.split(path.sep);
  const src = parts.lastIndexOf("src");
  if (src < 0 || parts.length < src + 3) return null;
  const layer = parts[src + 1];
  return { layer, feature: layer === "features" ? parts[src + 2] : null };
}

/** Says why `file` may not import `source`, or null when it may. */
export function refusal(file, source) {
  const from = placeOf(file);
  if (!from) return null;
  if (source.startsWith("@tauri-apps")) {
    return from.layer === "host" ? null : `only host/ may name ${source}`;
  }
  if (!source.startsWith(".")) return null;
  const to = placeOf(path.resolve(path.dirname(file), source));
  if (!to) return `${from.layer}/ may not import from outside its layers`;
  if (to.layer === from.layer) {
    return to.feature === from.feature
      ? null
      : `feature ${from.feature} may not import feature ${to.feature}`;
  }
  // The words of a kind stand beside its form, and the list of all words takes them from there.
  if (to.layer === "records" && file.endsWith(path.join("i18n", "en", "record.ts"))) return null;
  if (to.layer === "testing" && /\.test\.tsx?$/.test(file)) return null;
  return MAY_IMPORT[from.layer]?.includes(to.layer) ? null : `${from.layer}/ may not import ${to.layer}/`;
}

/** Holds `components, host, i18n <- forms <- records <- features <- app`. */
export const importFlow = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const check = (node) => {
      if (typeof node.source?.value !== "string") return;
      const message = refusal(context.filename, node.source.value);
      if (message) context.report({ node: node.source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
