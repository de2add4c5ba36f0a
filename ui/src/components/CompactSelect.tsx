import { IconChevronDown } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import style from "./CompactSelect.module.css";

/** A choice within a line of text or beside small buttons, looking like the fields of a form. */
export function CompactSelect({ children, ...props }: ComponentProps<"select">) {
  return (
    <span className={style["compact"]}>
      <select {...props}>{children}</select>
      <IconChevronDown size="0.875rem" stroke={1.8} aria-hidden="true" />
    </span>
  );
}
