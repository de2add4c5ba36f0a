import { initials } from "./initials";
import style from "./Avatar.module.css";

/** Two letters, or a picture, that stand for a name written beside it; screen readers hear only the name. */
export function Avatar({
  name,
  picture,
  large = false,
}: {
  name: string;
  picture?: string;
  large?: boolean;
}) {
  const shape = large ? `${style["avatar"]} ${style["large"]}` : style["avatar"];
  if (picture) return <img className={shape} src={picture} alt="" />;
  return (
    <span className={shape} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
