import { useTranslation } from "react-i18next";
import { Acts } from "../../components/Acts";
import { Button } from "../../components/Button";
import type { Refused } from "../../host/host";
import { usePointTime, type Dated } from "./backup-words";

interface OlderPointProps {
  refused: Refused;
  onChoose: (point: Dated) => void;
}

/** Where a point does not come back for damage: the newest older one that is whole, to be taken in its place, or that there is none. */
export function OlderPoint({ refused, onChoose }: OlderPointProps) {
  const { t } = useTranslation();
  const pointTime = usePointTime();
  const { whole_point: number, whole_at: at, older } = refused.fields;
  if (older === "none") return <p role="status">{t("backups.restore.no_older")}</p>;
  if (typeof number !== "number") return null;
  const point = { number, at: `${at}` };
  return (
    <Acts>
      <span role="status" data-figures>
        {t("backups.restore.older_whole", { time: pointTime(point, []) })}
      </span>
      <Button onClick={() => onChoose(point)}>{t("backups.restore.take_older")}</Button>
    </Acts>
  );
}
