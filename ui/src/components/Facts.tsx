import type { ReactNode } from "react";
import style from "./Facts.module.css";

/** Facts below each other, each under its name. */
export function Facts({ facts }: { facts: readonly { key: string; name: string; says: ReactNode }[] }) {
  return (
    <dl className={style["facts"]}>
      {facts.map(({ key, name, says }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
