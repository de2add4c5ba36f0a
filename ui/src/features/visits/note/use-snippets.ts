import { usePages } from "../../../host/use-pages";

/** Every snippet that opens for the person who writes. */
export function useSnippets() {
  return usePages("snippets", {}, (page) => page.rows, { whole: true });
}
