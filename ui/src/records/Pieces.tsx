import type { Piece } from "./dose-line";

/** A line whose strong pieces stand out. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, at) => {
    const key = `${at} ${piece.text}`;
    return piece.strong ? <b key={key}>{piece.text}</b> : <span key={key}>{piece.text}</span>;
  });
}
