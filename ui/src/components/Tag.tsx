import type { ReactNode } from "react";
import style from "./Tag.module.css";

/** What a tag's colour means: finished, needs a person, under way, danger, or nothing. The word says it too. */
export type TagKind = "plain" | "ok" | "warn" | "go" | "danger";

/** One or two words about the state of the thing it stands on. */
export function Tag({ kind = "plain", children }: { kind?: TagKind; children: ReactNode }) {
  return <span className={`${style["tag"]} ${style[kind]}`}>{children}</span>;
}
