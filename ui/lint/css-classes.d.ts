import type { Rule } from "eslint";
/** The classes that a module of CSS declares. */
export function classesOf(css: string): Set<string>;
export const cssClasses: Rule.RuleModule;
