import type { ComponentPropsWithoutRef } from "react";
import style from "./TextButton.module.css";

/** An act that stands among text: no box, the brand's ink, a target of 24 pixels. */
export function TextButton(props: ComponentPropsWithoutRef<"button">) {
  return <button type="button" {...props} className={style["button"]} />;
}
