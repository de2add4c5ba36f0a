import type { Rule } from "eslint";
export function refusal(file: string, source: string): string | null;
export const importFlow: Rule.RuleModule;
