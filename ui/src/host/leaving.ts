/** What still has to be kept before the desk may be left. */
const keepers = new Set<() => Promise<unknown>>();

/** Leaving waits no longer than this, in milliseconds: a screen that somebody wants locked must lock. */
const PATIENCE = 1000;

/** Has `keep` run before the screen locks or the person signs out; returns the way to have it run no more. */
export function beforeLeaving(keep: () => Promise<unknown>): () => void {
  keepers.add(keep);
  return () => void keepers.delete(keep);
}

/** Ends once everything that had to be kept is kept; what cannot be kept holds nobody up. */
export async function readyToLeave(): Promise<void> {
  if (keepers.size === 0) return;
  const late = new Promise((over) => setTimeout(over, PATIENCE));
  await Promise.race([Promise.allSettled([...keepers].map((keep) => keep())), late]);
}
