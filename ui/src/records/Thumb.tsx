import { IconFileText, IconPhoto, IconRadioactive } from "@tabler/icons-react";
import { useState } from "react";
import { useHost } from "../host/HostProvider";

interface ThumbProps {
  /** The id by which its small picture is fetched once; null where it has none. */
  picture: string | null;
  /** What it is, which stands in the place of a picture. */
  mediaType: string;
  /** What it is a picture of; empty where the words beside it say so. */
  name?: string;
  /** Its address served already: asks for another one, once. */
  onLost?: () => void;
}

/**
 * The small picture of a file, fetched when it comes near the screen. What came stays: its bytes never change, and each
 * id serves once.
 */
export function Thumb({ picture, mediaType, name = "", onLost }: ThumbProps) {
  const host = useHost();
  const [came, setCame] = useState<string | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const shown = came ?? picture;
  if (shown === null || shown === lost) return <Sign mediaType={mediaType} />;
  return (
    <img
      src={host.picture(shown)}
      alt={name}
      loading="lazy"
      decoding="async"
      draggable={false}
      onLoad={() => setCame(shown)}
      onError={() => {
        setLost(shown);
        if (lost === null) onLost?.();
      }}
    />
  );
}

function Sign({ mediaType }: Pick<ThumbProps, "mediaType">) {
  const look = { size: "2rem", stroke: 1.3, "aria-hidden": true } as const;
  if (mediaType === "application/dicom") return <IconRadioactive {...look} />;
  return mediaType.startsWith("image/") ? <IconPhoto {...look} /> : <IconFileText {...look} />;
}
