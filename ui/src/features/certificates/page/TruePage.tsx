import { IconArrowAutofitWidth, IconMinus, IconPlus } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHotkey } from "../../../components/hotkey";
import { KeyButton } from "../../../components/KeyButton";
import { Picture } from "../../../components/Picture";
import { RefusalNote } from "../../../components/RefusalNote";
import { useArea } from "../../../components/use-area";
import { zoomed } from "../../../components/zoom";
import type { PaperSize } from "../../../generated/PaperSize";
import { useHost } from "../../../host/HostProvider";
import type { Pages } from "../types";
import { useEnd } from "./use-end";
import type { Shown } from "./use-pages";
import { fitted, percent, RATIO } from "./zoom";
import style from "./Page.module.css";

interface TruePageProps extends Pick<Shown<Pages>, "pages" | "refused" | "onAgain" | "onWidth"> {
  paper: PaperSize;
  /** Hears which answer is in sight, to the last page. */
  onSeen?: (pages: Pages) => void;
  /** Stands above the page. */
  above?: ReactNode;
  /** A word across each sheet: that it holds no more. */
  stamp?: string | undefined;
}

/** The page that will be printed, or was: at a width to read it, with + and - to come nearer. */
export function TruePage({ paper, pages, refused, onAgain, onWidth, onSeen, above, stamp }: TruePageProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [zoom, setZoom] = useState(1);
  const { ref, area } = useArea();
  const fit = fitted(area, paper);
  const width = Math.round(fit * zoom);
  const tell = useEffectEvent(() => {
    if (area.width > 0) onWidth(width);
  });
  useEffect(() => tell(), [width, area.width]);
  const nearer = () => setZoom((now) => zoomed(now, 1));
  const further = () => setZoom((now) => zoomed(now, -1));
  const turn = () => setZoom((now) => (now === 1 ? area.width / fit : 1));
  useHotkey("+", nearer);
  useHotkey("=", nearer);
  useHotkey("-", further);
  useHotkey("0", turn);
  const [lost, setLost] = useState<Pages | null>(null);
  const again = () => {
    // Asking anew once is right for an address that was used up; a second loss is a fault to be told.
    if (lost !== null) return;
    setLost(pages ?? null);
    onAgain();
  };
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const see = (picture: string) => {
    setShown((before) => new Set([...before, picture]));
    setLost(null);
  };
  const all = pages?.pages ?? [];
  const there = all.length > 0 && all.every(({ picture }) => shown.has(picture));
  const { end, reached } = useEnd(all.length > 1 ? (pages ?? null) : null);
  const seen = useEffectEvent(() => {
    if (there && reached && pages) onSeen?.(pages);
  });
  useEffect(() => seen(), [there, reached, pages]);
  return (
    <div className={style["desk"]}>
      {above}
      {refused && (
        <div className={style["refused"]}>
          <RefusalNote refused={refused} onRetry={onAgain} />
        </div>
      )}
      <div
        ref={ref}
        className={style["ground"]}
        // A page larger than its place is moved by the keys.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label={t("certificates.page")}
      >
        {/* What is written on it, for whoever does not see the picture. */}
        {pages && <p className={style["said"]}>{pages.shown}</p>}
        {all.length === 0 && !refused && <Sheet width={width} waiting />}
        {all.map(({ picture, width: wide, height }, at) => (
          <Sheet key={at} width={width} ratio={height / wide}>
            <Picture
              src={host.picture(picture)}
              name={t("certificates.page_of", { page: String(at + 1), pages: String(all.length) })}
              onShown={() => see(picture)}
              onLost={again}
            />
            {stamp && <strong className={style["stamp"]}>{stamp}</strong>}
            {at > 0 && at === all.length - 1 && <span ref={end} className={style["end"]} />}
          </Sheet>
        ))}
      </div>
      <div className={style["zoom"]} role="group" aria-label={t("certificates.zoom")}>
        {all.length > 1 && (
          <span className={style["count"]}>{t("certificates.pages", { count: all.length })}</span>
        )}
        <KeyButton label={t("certificates.further")} combo="-" onPress={further}>
          <IconMinus size="1rem" stroke={1.8} />
        </KeyButton>
        <span className={style["percent"]} data-figures>
          {percent(width, paper)} %
        </span>
        <KeyButton label={t("certificates.nearer")} combo="+" onPress={nearer}>
          <IconPlus size="1rem" stroke={1.8} />
        </KeyButton>
        <KeyButton
          label={t(zoom === 1 ? "certificates.fit_width" : "certificates.fit_page")}
          combo="0"
          onPress={turn}
        >
          <IconArrowAutofitWidth size="1rem" stroke={1.7} />
        </KeyButton>
      </div>
    </div>
  );
}

interface SheetProps {
  width: number;
  ratio?: number;
  waiting?: boolean;
  children?: ReactNode;
}

function Sheet({ width, ratio = RATIO, waiting = false, children }: SheetProps) {
  return (
    <div className={style["sheet"]} style={{ width, height: Math.round(width * ratio) }} aria-busy={waiting}>
      {children}
    </div>
  );
}
