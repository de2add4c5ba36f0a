import { useState } from "react";
import style from "./Picture.module.css";

interface PictureProps {
  src: string;
  /** What it is a picture of. */
  name: string;
  onShown: () => void;
  /** It could not be read: its address served once and that is over. */
  onLost: () => void;
}

/** A picture that fills its place; the last one stays until the next can be drawn, so that nothing flickers. */
export function Picture({ src, name, onShown, onLost }: PictureProps) {
  const [shown, setShown] = useState<string | null>(null);
  const layers = shown !== null && shown !== src ? [shown, src] : [src];
  return layers.map((layer) => {
    // What has come is still to be unpacked: until then nothing of it is drawn.
    const loaded = (image: HTMLImageElement) => {
      const show = () => {
        if (!image.isConnected) return;
        setShown(layer);
        onShown();
      };
      void image.decode().then(show, show);
    };
    return (
      <img
        key={layer}
        className={style["picture"]}
        src={layer}
        alt={layer === src ? name : ""}
        draggable={false}
        // Drawn with the page, not later: for a moment the paper would stand empty.
        decoding="sync"
        data-shown={layer === shown}
        onLoad={({ currentTarget }) => loaded(currentTarget)}
        onError={() => layer === src && onLost()}
      />
    );
  });
}
