import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Avatar } from "../../src/components/Avatar";
import { Tag } from "../../src/components/Tag";
import "./specimen.css";

/** The patient's banner as drawn. */
export function Banner({ acts }: { acts: ReactNode }) {
  return (
    <header className="banner">
      <Avatar name="Gustavo Mejía" large />
      <div className="who">
        <h1>MEJÍA, Gustavo (Mr)</h1>
        <button className="allergy" type="button">
          <IconAlertTriangle size="0.9375rem" aria-hidden="true" />
          Known allergies: penicillin (rash), latex
        </button>
        <div className="facts">
          <span>
            Born <b>14-Jul-1999 (27y)</b>
          </span>
          <b>Male</b>
          <span>
            Student no. <b>2019-104-883</b>
          </span>
          <span>BS Tourism, year 4</span>
          <Tag kind="go">In visit since 10:12</Tag>
        </div>
      </div>
      <div className="acts">{acts}</div>
    </header>
  );
}
