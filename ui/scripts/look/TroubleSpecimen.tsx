import { ConfirmDialog } from "../../src/components/ConfirmDialog";
import { EmptyState } from "../../src/components/EmptyState";
import { RefusalNote } from "../../src/components/RefusalNote";
import { Screen } from "../../src/components/Screen";
import { Workspace } from "../../src/components/Workspace";

export function TroubleSpecimen() {
  const nothing = () => undefined;
  return (
    <Workspace>
      <Screen title="Trouble">
        <RefusalNote refused={{ code: "host_unreachable", fields: {} }} onRetry={nothing} />
        <EmptyState text="Your queue, approvals and unfinished drafts appear here as the day goes on." />
      </Screen>
      <ConfirmDialog
        opened={!location.search.includes("closed")}
        title="Revoke this certificate?"
        act="Revoke it"
        onAct={nothing}
        onClose={nothing}
      >
        Whoever checks it from now on is told that it is revoked. This cannot be undone.
      </ConfirmDialog>
    </Workspace>
  );
}
