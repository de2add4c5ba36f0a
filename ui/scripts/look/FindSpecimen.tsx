import { useState } from "react";
import { Avatar } from "../../src/components/Avatar";
import { DataTable } from "../../src/components/DataTable";
import { Finder } from "../../src/components/Finder";
import { Screen } from "../../src/components/Screen";
import { Tag } from "../../src/components/Tag";
import { Workspace } from "../../src/components/Workspace";

const PEOPLE = [
  ["MEJÍA, Gustavo (Mr)", "14-Jul-1999 (27y) · Male · 2019-104-883", "Gustavo Mejía", "03-Sep-2026"],
  ["MEJIAS, Gustava (Ms)", "~1948 (~78y) · Female · 2026-000-118", "Gustava Mejias", "11-Feb-2026"],
  ["محمد علي الحسن", "02-Jan-2026 (46w) · Male · 2026-000-119", "محمد الحسن", ""],
] as const;

export function FindSpecimen() {
  const [text, setText] = useState("mejia gus");
  const [opened, setOpened] = useState(!location.search.includes("closed"));
  const nothing = () => undefined;
  return (
    <Workspace>
      <Screen title="Patients">
        <DataTable
          caption="Patients seen here"
          columns={[
            { head: "Name", show: (p) => <b>{p[0]}</b> },
            { head: "Born", show: (p) => p[1] },
            { head: "Last visit", numeric: true, show: (p) => <time>{p[3]}</time> },
          ]}
          rows={PEOPLE}
          keyOf={(p) => p[0]}
          onOpen={nothing}
          empty={null}
        />
      </Screen>
      <Finder
        opened={opened}
        onClose={() => setOpened(false)}
        label="Find a patient, certificate or command"
        text={text}
        onText={setText}
        nothing="Nothing"
        groups={[
          {
            name: "Patients",
            items: PEOPLE.map(([title, detail, name, seen]) => ({
              id: name.replace(/ /g, "-"),
              title,
              detail,
              before: <Avatar name={name} />,
              after: seen ? <small>{seen}</small> : <Tag>New</Tag>,
              onPick: nothing,
            })),
          },
          { name: "Commands", items: [{ id: "register", title: "Register “mejia gus”", onPick: nothing }] },
        ]}
      />
    </Workspace>
  );
}
