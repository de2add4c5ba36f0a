import type { FormEventHandler, ReactNode, Ref } from "react";
import { DoorHead } from "./DoorHead";
import style from "./DoorForm.module.css";

interface DoorFormProps {
  title: string;
  /** What it is for, a paragraph each. */
  intro: readonly string[];
  onSubmit: FormEventHandler;
  ref?: Ref<HTMLFormElement>;
  children: ReactNode;
}

/** A long form at the door, before anybody is signed in. */
export function DoorForm({ title, intro, onSubmit, ref, children }: DoorFormProps) {
  return (
    <form ref={ref} className={style["page"]} onSubmit={onSubmit} noValidate>
      <DoorHead title={title} intro={intro} />
      {children}
    </form>
  );
}
