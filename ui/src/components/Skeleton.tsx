import { useAfter } from "./after";
import style from "./Skeleton.module.css";

/** Keeps the place of `lines` rows that are being fetched; seen only when it takes longer than 200 ms. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const shown = useAfter(200);
  return (
    <div className={style["skeleton"]} aria-busy="true" data-shown={shown}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
