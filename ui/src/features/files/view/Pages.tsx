import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Picture } from "../../../components/Picture";
import { RefusalNote } from "../../../components/RefusalNote";
import { Skeleton } from "../../../components/Skeleton";
import { useSteady } from "../../../components/steady";
import { pictureWidth, type Area } from "../../../components/zoom";
import type { PagePicture } from "../../../generated/PagePicture";
import { useHost } from "../../../host/HostProvider";
import { useQueryOf } from "../../../host/use-command";
import type { FileView } from "../types";
import { across, fittedWidth, type Look } from "./look";
import style from "./view.module.css";

interface PagesProps {
  view: FileView;
  title: string;
  /** The place that it has on the screen. */
  area: Area;
  look: Look;
  /** It is read, and not only seen. */
  written: boolean;
}

/** A page is about so high to its width, until it is known. */
const PAGE = Math.SQRT2;

/** The pages of a file, each drawn when it comes into sight; the words of a text; or that there is no picture of it. */
export function Pages(props: PagesProps) {
  const width = Math.round(fittedWidth(props.area, PAGE, props.look, true) * props.look.zoom);
  if (props.area.width === 0) return null;
  // A picture has its own size, whatever its place is.
  const asked = props.view.media_type === "application/pdf" ? width : 0;
  return (
    <From {...props} from={1} width={pictureWidth(Math.max(asked, 320), globalThis.devicePixelRatio || 1)} />
  );
}

function From({ from, width, ...props }: PagesProps & { from: number; width: number }) {
  const { t } = useTranslation();
  const { view, title, look } = props;
  const [on, setOn] = useState(false);
  const [lost, setLost] = useState(false);
  const asked = useQueryOf("file_pages", { file: view.id, from, width }, { keepLast: true, fresh: true });
  if (asked.error) return <RefusalNote refused={asked.error} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Skeleton lines={8} />;
  const { pages, next, text, more, frames } = asked.data;
  const again = () => {
    // An address that was used up is asked for anew, once; a second loss is a fault.
    if (lost) return;
    setLost(true);
    void asked.refetch();
  };
  if (text !== null) {
    return (
      <>
        <pre className={style["words"]} style={{ fontSize: `${look.zoom}em` }}>
          {text}
        </pre>
        {more && <p>{t("files.view.more_text")}</p>}
      </>
    );
  }
  if (pages.length === 0) {
    return <p className={style["absent"]}>{t("files.view.unseen")}</p>;
  }
  return (
    <>
      {pages.map((page, index) => (
        <Sheet
          key={from + index}
          {...props}
          page={page}
          name={
            (view.pages ?? 1) > 1
              ? t("files.view.page_of", { title, page: String(from + index), pages: String(view.pages ?? 1) })
              : title
          }
          onShown={() => setLost(false)}
          onLost={again}
        />
      ))}
      {frames !== undefined && frames > 1 && (
        <p className={style["frames"]}>{t("files.view.frames", { count: frames })}</p>
      )}
      {next !== null &&
        (on ? <From {...props} from={next} width={width} /> : <More onSeen={() => setOn(true)} />)}
    </>
  );
}

interface SheetProps extends PagesProps {
  page: PagePicture;
  name: string;
  onShown: () => void;
  onLost: () => void;
}

function Sheet({ page, name, area, look, written, onShown, onLost }: SheetProps) {
  const host = useHost();
  const ratio = page.height / Math.max(page.width, 1) || PAGE;
  const width = Math.round(fittedWidth(area, ratio, look, written) * look.zoom);
  const height = Math.round(width * ratio);
  const size = across(look) ? { width: height, height: width } : { width, height };
  const turned = { width, height, transform: `translate(-50%, -50%) rotate(${look.turned * 90}deg)` };
  return (
    <div className={style["sheet"]} style={size}>
      <div className={style["turned"]} style={turned}>
        <Picture src={host.picture(page.picture)} name={name} onShown={onShown} onLost={onLost} />
      </div>
    </div>
  );
}

/** The end of the pages that were drawn: goes on when it comes into sight, or when it is pressed. */
function More({ onSeen }: { onSeen: () => void }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const seen = useSteady(onSeen);
  useEffect(() => {
    if (!end.current || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver(
      (entries) => entries.some((each) => each.isIntersecting) && seen(),
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [seen]);
  return (
    <div ref={end}>
      <Button onClick={onSeen}>{t("files.view.more_pages")}</Button>
    </div>
  );
}
