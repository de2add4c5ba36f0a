import type { ReactNode } from "react";
import { useId } from "react";
import style from "./Card.module.css";

interface CardProps {
  title?: string;
  /** Quiet words after the title, such as when it was saved; read out when they change. */
  status?: ReactNode;
  /** What can be done with the card as a whole, at the right of its title. */
  action?: ReactNode;
  /** Somebody must look at it: an amber edge. */
  alert?: boolean;
  children: ReactNode;
}

/** A sheet of paper on the ground, with a title that names it. */
export function Card({ title, status, action, alert = false, children }: CardProps) {
  const id = useId();
  return (
    <section
      className={alert ? `${style["card"]} ${style["alert"]}` : style["card"]}
      aria-labelledby={title && id}
    >
      {title && (
        <header className={style["head"]}>
          <h2 id={id}>{title}</h2>
          {status !== undefined && (
            <span className={style["status"]} role="status">
              {status}
            </span>
          )}
          {action}
        </header>
      )}
      {children}
    </section>
  );
}

/** The rows of a card, one fact each. */
export function CardList({ children }: { children: ReactNode }) {
  return <ul className={style["list"]}>{children}</ul>;
}

/** A line of a card: the fact, what belongs to it in small print, and its act at the right. */
export function CardRow({
  children,
  small,
  action,
}: {
  children: ReactNode;
  small?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <li className={style["row"]}>
      <div className={style["fact"]}>
        <div>{children}</div>
        {action}
      </div>
      {small && <div className={style["small"]}>{small}</div>}
    </li>
  );
}
