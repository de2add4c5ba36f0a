import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { useHotkey } from "../../components/hotkey";
import type { RecordId } from "../../generated/RecordId";
import { useMay } from "../../host/session";
import { useQueryOf } from "../../host/use-command";
import { MEASURE_KEYS, SLIP_KEYS, VISIT_KEYS } from "./keys";
import { useStart, type Began } from "./use-start";

interface VisitActsProps {
  patient: RecordId;
  /** The vital signs are in sight. */
  measuring: boolean;
  /** Goes on with the visit. */
  onBegan: (began: Began) => void;
  /** Begins the slip of this visit, where the role may. */
  onSlip?: ((visit: RecordId) => void) | undefined;
}

/** Starts the visit, or leads to its note and its slip, at the desk to why they came: always by the same keys. */
export function VisitActs({ patient, measuring, onBegan, onSlip }: VisitActsProps) {
  const { t } = useTranslation();
  const mayStart = useMay("visit.edit");
  const mayRead = useMay("chart.read");
  const banner = useQueryOf("banner", { patient }).data;
  const { start, busy } = useStart();
  useHotkey(MEASURE_KEYS, () => onBegan({ patient, tab: "vitals" }), mayRead && !measuring);
  if (!banner) return null;
  if (banner.visit) {
    const { id } = banner.visit;
    if (!mayRead && !mayStart) return null;
    const of = mayRead ? "note" : "visit";
    return (
      <>
        <Button shortcut={VISIT_KEYS} onClick={() => onBegan({ patient, task: { of, visit: id } })}>
          {t(mayRead ? "visits.open_note" : "visits.desk_concern")}
        </Button>
        {onSlip && (
          <Button shortcut={SLIP_KEYS} onClick={() => onSlip(id)}>
            {t("certificates.slip")}
          </Button>
        )}
      </>
    );
  }
  if (!mayStart) return null;
  const begin = async () => {
    const to = await start(patient);
    if (to) onBegan(to);
  };
  // At the desk it is what a person is opened for.
  const Act = mayRead ? Button : PrimaryButton;
  return (
    <Act shortcut={VISIT_KEYS} onClick={() => void begin()} loading={busy}>
      {t("visits.start")}
    </Act>
  );
}
