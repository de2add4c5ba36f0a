import type { ReactNode } from "react";

interface OptionProps {
  id: string;
  /** The box that has the keys names this one as the current one. */
  current: boolean;
  className: string | undefined;
  onPick: () => void;
  children: ReactNode;
}

/** One of a list that is gone through in a box beside it; the current one stays in sight. */
export function Option({ id, current, className, onPick, children }: OptionProps) {
  const keepInSight = (node: HTMLElement | null) => {
    if (current) node?.scrollIntoView?.({ block: "nearest" });
  };
  return (
    // The keys stay in the box; the pointer is served here.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={keepInSight}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={current}
      className={className}
      onClick={onPick}
    >
      {children}
    </div>
  );
}
