import { useEffect, useState } from "react";
import { usePages } from "../../../host/use-pages";
import type { List } from "../types";

/** One list of certificates, narrowed by a number or a name, page after page. */
export function useList(list: List, text: string) {
  const typed = useSettled(text.trim());
  return usePages("certificates", { list, text: typed }, (page) => page.rows, { keepLast: true });
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(pause);
  }, [text]);
  return settled;
}
