import { useState } from "react";
import { PrimaryButton } from "../../src/components/Button";
import { DateField } from "../../src/components/DateField";
import { PasswordField, SelectField, TextArea, TextField } from "../../src/components/fields";
import { Beside, Pane } from "../../src/components/Pane";
import { Segmented } from "../../src/components/Segmented";
import { Tag } from "../../src/components/Tag";
import { Workspace } from "../../src/components/Workspace";
import { Banner } from "./Banner";

export function CertificateForm() {
  const [verdict, setVerdict] = useState<"fit" | "not" | "limits">("not");
  const [from, setFrom] = useState("2026-11-21");
  const nothing = () => undefined;
  return (
    <Workspace
      banner={<Banner acts={<Tag>Draft</Tag>} />}
      pane={
        <Pane
          title="Certificate"
          onClose={nothing}
          status="Saved 10:41"
          action={
            <PrimaryButton shortcut="mod+shift+Enter" onClick={nothing}>
              Issue &amp; print
            </PrimaryButton>
          }
        >
          <SelectField
            label="Template"
            value="a"
            onChange={nothing}
            options={[{ value: "a", label: "Sick leave, student" }]}
          />
          <Segmented
            label="Verdict"
            value={verdict}
            onChange={setVerdict}
            options={[
              { value: "fit", label: "Fit" },
              { value: "not", label: "Not fit" },
              { value: "limits", label: "Fit with limits" },
            ]}
          />
          <Beside>
            <DateField label="From" value={from} onChange={setFrom} today="2026-11-22" hint="" />
            <DateField label="Born" value="~1999" onChange={nothing} today="2026-11-22" tellAge />
          </Beside>
          <TextArea
            label="Reason for the verdict"
            mark={<Tag>kept, not printed</Tag>}
            value="Acute febrile illness; contagious for 48 hours."
            onChange={nothing}
          />
          <TextField
            label="Recommendation"
            mark={<Tag kind="go">printed</Tag>}
            required
            value=""
            onChange={nothing}
            error="Say what the patient should do."
          />
          <PasswordField label="Password" value="correct horse" onChange={nothing} />
        </Pane>
      }
    >
      <p>Page</p>
    </Workspace>
  );
}
