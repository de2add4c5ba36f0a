import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { answerCache, dropTags } from "./cache";
import type { Host } from "./host";

const HostContext = createContext<Host | null>(null);

/** Gives everything below it the host and its cache, and drops what news makes stale. */
export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  const [cache] = useState(answerCache);
  useEffect(() => host.onNews((tags) => void dropTags(cache, tags)), [host, cache]);
  return (
    <HostContext value={host}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </HostContext>
  );
}

/** The host of this page. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error("useHost outside HostProvider");
  return host;
}
