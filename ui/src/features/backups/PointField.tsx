import { useTranslation } from "react-i18next";
import { SelectField } from "../../components/fields";
import type { SourcePoint } from "../../generated/SourcePoint";
import { useFigures } from "../../i18n/use-figures";
import { usePointTime, type Dated } from "./backup-words";

interface PointFieldProps {
  points: readonly SourcePoint[];
  /** The number of the one that is meant. */
  value: number | undefined;
  /** The whole one that is taken in its place. */
  older: Dated | null;
  onChange: (number: string) => void;
}

/** The point of a backup that is meant; an older one that was taken in its place is shown there too. */
export function PointField({ points, value, older, onChange }: PointFieldProps) {
  const { t } = useTranslation();
  const { counted } = useFigures();
  const pointTime = usePointTime();
  const options = points.map((each) => ({
    value: String(each.number),
    label: t("backups.point_of", {
      time: pointTime(each, points),
      entries: counted("entries", each.entries),
    }),
  }));
  const unlisted = older && points.every(({ number }) => number !== older.number);
  return (
    <SelectField
      label={t("backups.point")}
      value={String(older?.number ?? value ?? "")}
      options={
        unlisted ? [...options, { value: String(older.number), label: pointTime(older, []) }] : options
      }
      onChange={onChange}
    />
  );
}
