import { useRef, useState } from "react";
import { asRefused, Refused, type OutputOf } from "../../../host/host";
import { useHost } from "../../../host/HostProvider";
import { useCommand } from "../../../host/use-command";

/** A larger file is not looked through; the program that reads it has the same limit. */
const MOST_BYTES = 24 * 1024 * 1024;

/** What was checked last, and what came of it. */
export interface Check {
  checked: OutputOf<"verify_certificate"> | undefined;
  refused: Refused | null;
  busy: boolean;
  /** The name of the file that it was read from. */
  file: string | null;
  text: (text: string) => void;
  files: (files: readonly File[]) => void;
  forget: () => void;
}

/** Checks papers by the text of their code, by their number, or by a file with the code in it. */
export function useCheck(): Check {
  const host = useHost();
  const verify = useCommand("verify_certificate");
  const [file, setFile] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const [unread, setUnread] = useState<Refused | null>(null);
  const run = useRef(0);
  const forget = () => {
    // What is told belongs to what was checked: the answer of a file still being read comes too late.
    run.current += 1;
    verify.reset();
    setReading(false);
    setFile(null);
    setUnread(null);
  };
  const read = async (files: readonly File[]) => {
    const [first, ...others] = files;
    if (!first) return;
    forget();
    const mine = run.current;
    setFile(first.name);
    setReading(true);
    try {
      if (others.length > 0) throw unreadable("many_files");
      if (first.size > MOST_BYTES) throw unreadable("too_large");
      const bytes = await first.arrayBuffer().catch(() => {
        throw unreadable("gone");
      });
      const paper = await host.codeIn(bytes);
      if (mine === run.current) verify.mutate(paper);
    } catch (reason) {
      if (mine === run.current) setUnread(asRefused(reason));
    } finally {
      if (mine === run.current) setReading(false);
    }
  };
  return {
    checked: verify.data,
    refused: unread ?? verify.error,
    busy: reading || verify.isPending,
    file,
    text: (text) => {
      forget();
      verify.mutate({ text, pdf: null });
    },
    files: (files) => void read(files),
    forget,
  };
}

function unreadable(reason: string): Refused {
  return new Refused("unreadable_code", { reason });
}
