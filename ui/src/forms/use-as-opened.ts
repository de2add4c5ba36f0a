import { useState } from "react";

/**
 * What is known of something when the form of this name is opened; null until then. The form goes on from that,
 * whatever becomes of it meanwhile: what the form itself withdraws is gone before its answer is told.
 */
export function useAsOpened<Known>(name: string, known: Known | null): Known | null {
  const [opened, setOpened] = useState<{ name: string; known: Known } | null>(null);
  if (opened?.name === name) return opened.known;
  if (known !== null) setOpened({ name, known });
  return known;
}
