import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { en } from "./en";

const SRC = path.resolve(import.meta.dirname, "..");
const SPOKEN = new Set([
  "alt",
  "aria-label",
  "aria-description",
  "caption",
  "hint",
  "label",
  "placeholder",
  "text",
  "title",
]);
const LETTERS = /\p{L}{2,}/u;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^testing\/|^generated\//.test(file))
  .map((file) => ({ file, tree: parse(file, readFileSync(path.join(SRC, file), "utf8")) }));

function parse(file: string, source: string): ts.SourceFile {
  return ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
}

function walk(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => walk(child, see));
}

/** Texts that a person would see and no translator ever would. */
function literals(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    if (ts.isJsxText(node) && LETTERS.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxExpression(node) &&
      node.expression &&
      isText(node.expression) &&
      !ts.isJsxAttribute(node.parent)
    ) {
      if (LETTERS.test(node.expression.text)) found.push(node.expression.text);
    }
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(tree)) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && isText(value) && LETTERS.test(value.text)) found.push(value.text);
    }
  });
  return found;
}

/** The keys given to `t`; a composed key is told by what stands before its first part. */
function keysUsed(tree: ts.SourceFile): { key: string; whole: boolean }[] {
  const keys: { key: string; whole: boolean }[] = [];
  walk(tree, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== "t")
      return;
    walk(node.arguments[0] ?? node, (part) => {
      if (isText(part)) keys.push({ key: part.text, whole: true });
      if (ts.isTemplateExpression(part)) keys.push({ key: part.head.text, whole: false });
    });
  });
  return keys.filter(({ key }) => /^[a-z_]+\./.test(key));
}

function isText(node: ts.Node): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
}

function known(texts: unknown, at = ""): string[] {
  if (typeof texts === "string") return [at.replace(/_(zero|one|two|few|many|other)$/, ""), at];
  return Object.entries(texts as object).flatMap(([key, value]) => known(value, at ? `${at}.${key}` : key));
}

const KNOWN = known(en);

test("no sentence is written into a screen", () => {
  expect(files.flatMap(({ file, tree }) => literals(tree).map((text) => `${file}: ${text}`))).toEqual([]);
});

test("the search for sentences finds them", () => {
  const tree = parse("x.tsx", 'const x = <p title="Save it">Hello {t("a.b")} {"there"}</p>;');
  expect(literals(tree)).toEqual(["Save it", "Hello", "there"]);
});

test("each key that is used exists", () => {
  const missing = files.flatMap(({ file, tree }) =>
    keysUsed(tree)
      .filter(({ key, whole }) => !KNOWN.some((each) => (whole ? each === key : each.startsWith(key))))
      .map(({ key }) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
  expect(files.flatMap(({ tree }) => keysUsed(tree)).length).toBeGreaterThan(20);
});
