import { useState } from "react";
import { Button, PrimaryButton } from "../../src/components/Button";
import { Card, CardList, CardRow } from "../../src/components/Card";
import { TextArea, TextField } from "../../src/components/fields";
import { Pane } from "../../src/components/Pane";
import { Skeleton } from "../../src/components/Skeleton";
import { Tag } from "../../src/components/Tag";
import { TextButton } from "../../src/components/TextButton";
import { Workspace } from "../../src/components/Workspace";
import { Banner } from "./Banner";

export function ChartSpecimen() {
  return (
    <Workspace
      banner={
        <Banner
          acts={
            <>
              <Button>Prescribe</Button>
              <Button>Certificate</Button>
            </>
          }
        />
      }
      pane={<Note />}
    >
      <div className="columns">
        <div className="aside">
          <Card title="Today, 22-Nov-2026">
            <CardList>
              <CardRow small="Dr Maria Reyes" action={<Tag>Draft</Tag>}>
                <b>Acute tonsillitis</b>
              </CardRow>
              <CardRow
                small="Nurse Liza Cruz · two values out of range"
                action={<Tag kind="warn">Repeat BP</Tag>}
              >
                <b>BP 148/92 · 38.4 °C · pulse 96 · SpO₂ 98 %</b>
              </CardRow>
              <CardRow small="Issued by Dr Maria Reyes · printed once" action={<Tag kind="ok">Issued</Tag>}>
                <b>Fit to travel: off-campus tour</b>
              </CardRow>
              <CardRow small="stopped" action={<Tag kind="danger">Critical</Tag>}>
                <b>Glucose 2.1</b>
              </CardRow>
            </CardList>
          </Card>
          <Card title="Being fetched">
            <Skeleton />
          </Card>
        </div>
        <div className="aside">
          <Card title="Alerts" alert>
            <CardList>
              <CardRow small="148/92 at 10:14, first time raised" action={<TextButton>Do now</TextButton>}>
                <b>Repeat BP</b>
              </CardRow>
              <CardRow small="due 11-Aug-2026, 103 days ago" action={<TextButton>Book</TextButton>}>
                <b>Dental follow-up</b>
              </CardRow>
            </CardList>
          </Card>
          <Card title="Problems" action={<TextButton>Add</TextButton>}>
            <CardList>
              <CardRow small="active since 2008">Asthma, mild intermittent</CardRow>
              <CardRow small="active since 2015">Myopia, both eyes</CardRow>
            </CardList>
          </Card>
        </div>
      </div>
    </Workspace>
  );
}

function Note() {
  const [concern, setConcern] = useState("Sore throat and fever for two days, missed class yesterday.");
  const [diagnosis, setDiagnosis] = useState("Acute tonsillitis · J03.9");
  const nothing = () => undefined;
  return (
    <Pane
      title="Visit note"
      onClose={nothing}
      status="Saved here 10:32"
      action={
        <PrimaryButton shortcut="mod+Enter" onClick={nothing}>
          Sign note
        </PrimaryButton>
      }
    >
      <TextArea label="Concern" value={concern} onChange={setConcern} />
      <TextArea label="History" value="No rash, no travel. Classmate ill." onChange={nothing} lines={1} />
      <TextArea label="Examination" value="Tonsils enlarged, exudate left." onChange={nothing} />
      <TextField label="Diagnosis" value={diagnosis} onChange={setDiagnosis} />
      <TextArea label="Plan" value="Fluids, paracetamol, review in 48 h if no better." onChange={nothing} />
    </Pane>
  );
}
