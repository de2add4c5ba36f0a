import type { TFunction } from "i18next";
import { spoken } from "./spoken";

/** A refusal as three sentences: what happened, what is safe, what to do. */
export interface RefusalText {
  what: string;
  safe: string;
  todo: string;
}

/** What a refusal is made of, whoever it came from. */
export interface RefusalLike {
  code: string;
  fields: Record<string, string | number>;
}

/** The sentences of a refusal; a code without its own text is shown by name, so that it can be told to somebody. */
export function refusalText(t: TFunction, { code, fields }: RefusalLike): RefusalText {
  const known = (key: string) => spoken(t, `${key}.what`, "") !== "";
  // A reason has sentences of its own where it makes a difference to what is done.
  const reasons = code === "server_refused" ? "said_by_server" : `refusal_by_reason.${code}`;
  const said = `${reasons}.${fields["reason"]}`;
  const own = known(`refusal.${code}`) ? `refusal.${code}` : "refusal.unknown";
  const at = known(said) ? said : own;
  const words = {
    // What is damaged has not always a name.
    object: t("backups.restore.something"),
    ...fields,
    code,
    // "left" alone is how many are left.
    ...("field" in fields ? { field: fieldName(t, `${fields.field}`, "remark" in fields) } : {}),
    ...("character" in fields ? { signs: signsOf(`${fields["character"]}`) } : {}),
  };
  const say = (part: string) => String(t(`${at}.${part}` as never, words as never));
  return { what: say("what"), safe: say("safe"), todo: say("do") };
}

/** What happened and what to do in one line, for the place of a field's trouble. */
export function refusalLine(t: TFunction, refused: RefusalLike): string {
  const { what, todo } = refusalText(t, refused);
  return `${what} ${todo}`;
}

/** What a refusal of this code says of no field: where the code alone was kept. */
export function refusalKind(t: TFunction, code: string): string {
  const { what } = refusalText(t, { code, fields: {} });
  return what.replace(/: \{\{\w+\}\}/g, "").replace(/\{\{\w+\}\}/g, "…");
}

/** A command's field as it is called in a sentence; `contacts/1/value` goes by its first word. */
function fieldName(t: TFunction, field: string, measured: boolean): string {
  const [head = ""] = field.split("/");
  const lens = measured ? spoken(t, `named.${head}_lens`, "") : "";
  return lens || spoken(t, `named.${head}`, head.replaceAll("_", " "));
}

/** The signs of `U+738B U+5C0F`. */
function signsOf(codes: string): string {
  const signs = codes.split(" ").map((code) => Number.parseInt(code.slice(2), 16));
  return signs.map((sign) => String.fromCodePoint(sign || 0xfffd)).join(" ");
}
