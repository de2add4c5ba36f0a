import type { Counted } from "../../generated/Counted";
import type { HeldList } from "../../generated/HeldList";
import type { LookingAt } from "../../generated/LookingAt";
import type { RecordId } from "../../generated/RecordId";
import type { RowChoice } from "../../generated/RowChoice";
import { asRefused, type CommandName, type InputOf, type OutputOf, type Refused } from "../../host/host";
import { base64Of } from "../../host/base64-of";

/** The list in hand, and what is being done with it. */
export interface ListState {
  /** Null while none is, undefined until that is known. */
  list: HeldList | null | undefined;
  doing: "opening" | "looking" | "applying" | null;
  /** It ends after the rows in hand. */
  stopping: boolean;
  /** Why it did not go on. */
  trouble: Refused | null;
}

/** Something that is done with the list in hand; `gone` tells whether the person left. */
type Work = (gone: () => boolean) => Promise<HeldList | null>;

/** A list on its way into the store, wherever the person looks meanwhile. */
export type ListRun = ReturnType<typeof listRun>;

/** Makes a run without a list. `ask` gives a command its input. */
export function listRun(ask: <K extends CommandName>(name: K, input: InputOf<K>) => Promise<OutputOf<K>>) {
  let state: ListState = { list: undefined, doing: null, stopping: false, trouble: null };
  let current = 0;
  const listeners = new Set<() => void>();
  const set = (change: Partial<ListState>) => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };

  let turn: Promise<void> = Promise.resolve();

  /** Does one thing after another; while something long goes on, nothing else begins. */
  function during(doing: ListState["doing"], work: Work) {
    if (state.doing) return turn;
    set({ doing, stopping: false, trouble: null });
    turn = turn.then(() => now(work));
    return turn;
  }

  /** Does it; what comes back after the person left is not heard. */
  async function now(work: Work) {
    const mine = ++current;
    const gone = () => mine !== current;
    try {
      const list = await work(gone);
      if (!gone()) set({ list, doing: null });
    } catch (reason) {
      if (!gone()) set({ doing: null, trouble: asRefused(reason) });
    }
  }

  /** Asks for slice after slice until `stage` is over or the person stops it. */
  async function slices(
    first: HeldList,
    stage: HeldList["stage"],
    next: (id: RecordId) => Promise<HeldList>,
    gone: () => boolean,
  ) {
    let list = first;
    while (list.stage === stage && !state.stopping && !gone()) {
      set({ list });
      list = await next(list.id);
    }
    return list;
  }

  return {
    snapshot: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Asks what is in hand at this computer. */
    load: () => during(null, async () => (await ask("list_in_hand", {})).list),
    /** Opens a file in place of what was in hand. */
    open: (file: File) =>
      during("opening", async () => ask("open_list", { name: file.name, bytes: await base64Of(file) })),
    /** Looks at every row, anew with `reading`; without it, where it was stopped. */
    look: (reading: LookingAt | null) =>
      during("looking", async (gone) => {
        const list = state.list;
        if (!list) return null;
        const first = await ask("look_at_list", { list: list.id, with: reading });
        return slices(first, "looking", (id) => ask("look_at_list", { list: id, with: null }), gone);
      }),
    /** Takes in what can be. */
    take: (left: Counted | null) =>
      during("applying", async (gone) => {
        const list = state.list;
        if (!list) return null;
        const first = await ask("apply_list", { list: list.id, left });
        return slices(first, "applying", (id) => ask("apply_list", { list: id, left: null }), gone);
      }),
    /** Decides about a row. */
    settle: (row: number, choice: RowChoice | null, person: RecordId | null) =>
      during(null, async () =>
        state.list ? ask("settle_row", { list: state.list.id, row, choice, person }) : null,
      ),
    /** Decides about all rows of which the list says something else. */
    settleAll: (choice: RowChoice, rows: Counted) =>
      during(null, async () =>
        state.list ? ask("settle_rows", { list: state.list.id, choice, rows }) : null,
      ),
    /** Ends after the rows in hand, which are done in whole. */
    stop: () => set({ stopping: true }),
    /** Lets go of the list; what was taken in stays. */
    putAway: () =>
      during(null, async () => {
        if (state.list) await ask("forget_list", { list: state.list.id });
        return null;
      }),
    /** The person left. */
    forget() {
      current += 1;
      set({ list: undefined, doing: null, stopping: true, trouble: null });
    },
  };
}
