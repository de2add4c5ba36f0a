import { usePages } from "./use-pages";

/** Everybody who works here, by name, and behind them those who have left. */
export function useStaff() {
  return usePages("staff", {}, (page) => page.people, { whole: true });
}
