import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");

function tokensIn(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,8})\b/g)].map((m) => [m[1], m[2]]),
  );
}

const [lightBlock = "", darkBlock = ""] = css.split(/:root\[data-mantine-color-scheme="dark"\]/);
const light = tokensIn(lightBlock);
const dark = { ...light, ...tokensIn(darkBlock.split("}")[0] ?? "") };

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const channel = [1, 3, 5].map((at) => {
    const c = parseInt(full.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (channel[0] ?? 0) + 0.7152 * (channel[1] ?? 0) + 0.0722 * (channel[2] ?? 0);
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const onSurfaces = (ink: string) => ["paper", "ground", "hover"].map((under) => [ink, under] as const);
const TEXT = [
  ...["ink", "ink-2", "ink-3", "brand-ink", "danger", "warn", "ok"].flatMap(onSurfaces),
  ...[
    ["ink-2", "line-soft"],
    ["brand-ink", "brand-soft"],
    ["danger", "danger-soft"],
    ["warn", "warn-soft"],
    ["ok", "ok-soft"],
    ["on-brand", "brand"],
    ["on-brand", "brand-hover"],
    ["rail-ink", "rail"],
    ["rail-on-ink", "rail-on"],
  ].map(([ink = "", under = ""]) => [ink, under] as const),
];
const EDGES = [
  ["control-line", "paper"],
  ["control-line", "ground"],
  ["focus", "paper"],
  ["focus", "ground"],
  ["rail-focus", "rail"],
  ["warn", "paper"],
] as const;

for (const [name, tokens] of Object.entries({ light, dark })) {
  test.each(TEXT)(`${name}: %s can be read on %s`, (ink, under) => {
    expect(contrast(tokens[ink] ?? "", tokens[under] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
  test.each(EDGES)(`${name}: %s can be seen on %s`, (edge, under) => {
    expect(contrast(tokens[edge] ?? "", tokens[under] ?? "")).toBeGreaterThanOrEqual(3);
  });
}
