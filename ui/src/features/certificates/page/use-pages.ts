import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pictureWidth } from "../../../components/zoom";
import type { RecordId } from "../../../generated/RecordId";
import type { InputOf, Refused } from "../../../host/host";
import { useQueryOf } from "../../../host/use-command";
import type { Pages, Preview } from "../types";

/** Typing pauses this long before the page is made anew. */
const PAUSE_MS = 300;

/** The pages as they are known now, and how to ask for them. */
export interface Shown<P extends Pages> {
  /** The last that came, while newer ones are made. */
  pages: P | undefined;
  /** They are those of what stands in the form now. */
  current: boolean;
  /** Why the page that was asked for is not there. */
  refused: Refused | null;
  /** Asks for them again. */
  onAgain: () => void;
  /** Hears how wide the page stands on the screen. */
  onWidth: (width: number) => void;
}

/** The pages of a certificate as it is kept in this version. */
export function usePages(certificate: RecordId, version: number, enabled = true): Shown<Pages> {
  const [width, onWidth] = useWidth();
  const asked = useQueryOf(
    "certificate_pages",
    { certificate, width },
    { enabled: enabled && width > 0, keepLast: true, fresh: true },
  );
  const [seen, setSeen] = useState(version);
  const { refetch } = asked;
  useEffect(() => {
    if (version === seen) return;
    void refetch().finally(() => setSeen(version));
  }, [version, seen, refetch]);
  return useShown(asked, onWidth, version === seen);
}

/** The pages of what is being typed, made anew as it changes. */
export function usePreview(
  input: Omit<InputOf<"preview_certificate">, "width">,
  enabled = true,
): Shown<Preview> {
  const [width, onWidth] = useWidth();
  const typed = JSON.stringify(input);
  // One page is made at a time: typing on a slow computer must not queue them up before its own saving.
  const busy = useIsFetching({ queryKey: ["preview_certificate"] }) > 0;
  const settled = useSettled(typed, busy);
  const asked = useQueryOf(
    "preview_certificate",
    { ...(JSON.parse(settled) as typeof input), width },
    { enabled: enabled && width > 0, keepLast: true, fresh: true },
  );
  return useShown(asked, onWidth, typed === settled);
}

interface Asked<P> {
  data: P | undefined;
  error: Refused | null;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

function useShown<P extends Pages>(
  asked: Asked<P>,
  onWidth: Shown<P>["onWidth"],
  settled: boolean,
): Shown<P> {
  const [last, setLast] = useState<P | undefined>(undefined);
  // A page that cannot be made leaves the one before it on the screen, under the words that say so.
  if (asked.data && asked.data !== last) setLast(asked.data);
  return {
    pages: asked.data ?? last,
    current: settled && !asked.isPlaceholderData && !asked.isFetching && asked.error === null,
    refused: asked.error,
    onAgain: () => void asked.refetch(),
    onWidth,
  };
}

function useWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(0);
  return [width, (shown) => setWidth(pictureWidth(shown, globalThis.devicePixelRatio || 1))];
}

function useSettled(text: string, busy: boolean): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled || busy) return;
    const pause = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text, settled, busy]);
  return settled;
}
