import type { FunctionComponent } from "react";
import type { FilledView } from "../../generated/FilledView";
import { DiscsOf } from "./eye/DiscsOf";

/** The forms that are drawn beside their numbers. */
export const PICTURES: Readonly<Record<string, FunctionComponent<{ view: FilledView }>>> = {
  "eye.disc": DiscsOf,
};
