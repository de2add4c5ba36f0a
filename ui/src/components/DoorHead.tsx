import style from "./DoorHead.module.css";

/** The head of a long page at the door: its title, and what it is for, a paragraph each. */
export function DoorHead({ title, intro }: { title: string; intro: readonly string[] }) {
  return (
    <header className={style["head"]}>
      <h1 tabIndex={-1}>{title}</h1>
      {intro.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </header>
  );
}
