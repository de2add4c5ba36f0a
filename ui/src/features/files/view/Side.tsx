import { useTranslation } from "react-i18next";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { useArea } from "../../../components/use-area";
import type { RecordId } from "../../../generated/RecordId";
import { useDates } from "../../../i18n/use-dates";
import { isDark } from "../words";
import { Absent } from "./Absent";
import type { Look } from "./look";
import { Pages } from "./Pages";
import { useFile } from "./use-file";
import style from "./view.module.css";

interface SideProps {
  file: RecordId;
  look: Look;
  /** Of two, the one that the keys turn. */
  current: boolean;
  /** Its title stands above it. */
  named: boolean;
  onCurrent: () => void;
}

/** One file in its place, at a size to see it, or why it is not to be seen. */
export function Side({ file, look, current, named, onCurrent }: SideProps) {
  const { t } = useTranslation();
  const { date } = useDates();
  const { ref, area } = useArea();
  const { view, error, retry } = useFile(file);
  const details = view?.details;
  const title = details?.title ?? t("files.untitled");
  const isWritten = view?.media_type === "application/pdf" || view?.media_type === "text/plain";
  // Words stand on a light ground.
  const dark =
    view?.state.at === "here" && isDark({ sort: details?.sort ?? null, media_type: view.media_type });
  return (
    <div className={style["side"]} data-current={current} onFocus={onCurrent}>
      {named && (
        <p className={style["caption"]}>
          {[title, details?.taken_on && date(details.taken_on)].filter(Boolean).join(" · ")}
        </p>
      )}
      <div
        ref={ref}
        className={style["ground"]}
        data-dark={dark}
        data-written={isWritten}
        // A picture larger than its place is moved by the keys.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        {error && <RefusalNote refused={error} onRetry={retry} />}
        {!view && !error && <Skeleton lines={6} />}
        {view && view.state.at !== "here" && <Absent view={view} />}
        {view && view.state.at === "here" && (
          <Pages view={view} title={title} area={area} look={look} written={isWritten} />
        )}
      </div>
    </div>
  );
}
