import type { FilledView } from "../../../generated/FilledView";
import { Discs, type Cup } from "./Discs";

/** The discs of a form. */
export function DiscsOf({ view: { answers } }: { view: FilledView }) {
  const ratio = (path: string): number | null => {
    const n = answers[path]?.n;
    return n === undefined ? null : Number(n);
  };
  const cup = (side: "R" | "L"): Cup => ({
    vertical: ratio(`cd_v:${side}`),
    horizontal: ratio(`cd_h:${side}`),
  });
  return <Discs right={cup("R")} left={cup("L")} />;
}
