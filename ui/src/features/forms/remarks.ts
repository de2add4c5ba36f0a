import type { TFunction } from "i18next";
import type { Answer } from "../../generated/Answer";
import type { Item } from "../../generated/Item";
import type { Remark } from "../../generated/Remark";
import type { Spec } from "../../generated/Spec";
import type { Errors } from "../../forms/use-record-form";
import { remarkSaid } from "../../records/remark-said";
import { measuredParts, placeSaid, type Said } from "./say";
import {
  itemsOf,
  meantOf,
  nameOf,
  partsOf,
  READING,
  readPath,
  type Place,
  type Trouble,
  type Values,
} from "./values";

/** What there is to say about a place of the form in hand. */
export interface Here {
  name: string;
  place: Place;
  remark: Remark;
  /** The name under which it is kept that it is meant. */
  meant: string;
}

/** What tells a remark from every other that is shown, in a word. */
export function keyOf({ name, remark: { code, fields } }: Here): string {
  return [name, code, ...Object.values(fields)].join("-").replace(/\s/g, "_");
}

/** Where a path of an answer, and a part of it, is typed; null where the form has no such place. */
export function placeOf(spec: Spec, path: string, key?: string): Place | null {
  const at = readPath(path);
  const item = itemsOf(spec).find((each) => each.key === at.item);
  if (!item) return null;
  const part = partsOf(item).find((each) => each.key === key) ?? measuredParts(item)[0] ?? null;
  return { item, side: at.side, part };
}

/** The remarks about what is typed now, those about kept readings left out; what is meant is not asked again. */
export function remarksHere(spec: Spec, remarks: readonly Remark[], values: Values): Here[] {
  const all = remarks.flatMap((remark): Here[] => {
    const { reading } = readPath(remark.path);
    const place = placeOf(spec, remark.path, remark.part);
    if (!place || (reading !== null && reading !== values[READING])) return [];
    const meant = meantOf(nameOf(remark.part ? place : { ...place, part: null }));
    return remark.weight === "asked" && values[meant] ? [] : [{ name: nameOf(place), place, remark, meant }];
  });
  // Where one key mends it, nothing else is said about the place.
  const mended = new Set(all.filter(({ remark }) => remark.offer).map(({ name }) => name));
  // How both eyes were measured is one place: what each of their readings says about it is said once.
  const isFirst = (each: Here, at: number) => all.findIndex((other) => keyOf(other) === keyOf(each)) === at;
  return all.filter((each, at) => (each.remark.offer || !mended.has(each.name)) && isFirst(each, at));
}

/** Whether one key settles it: it is offered, or asked about. */
export function canTake({ remark }: Here): boolean {
  return remark.offer !== undefined || remark.weight === "asked";
}

/** The parts of a reading that what is offered says otherwise than they are typed now. */
export function otherParts({ place, remark }: Here, now: Answer | undefined): Item[] {
  const said = (answer: Answer | undefined, { key }: Item) => JSON.stringify(answer?.p?.[key]);
  return partsOf(place.item).filter((part) => said(remark.offer, part) !== said(now, part));
}

/** Whether what is offered makes nothing but this very place another, `now` being typed. */
export function mendsAlone(here: Here, now: Answer | undefined): boolean {
  const { place, remark } = here;
  return remark.offer !== undefined && otherParts(here, now).every(({ key }) => key === place.part?.key);
}

/** What must be settled before it is kept, or signed, in words by place. */
export function lacking(
  t: TFunction,
  said: Said,
  troubles: Readonly<Record<string, Trouble>>,
  remarks: readonly Here[],
  signs: boolean,
): Errors {
  const stops = ["refused", "asked", ...(signs ? ["to_sign"] : [])];
  const told = remarks.filter(({ remark }) => stops.includes(remark.weight));
  return {
    ...Object.fromEntries(
      told.map(({ name, place, remark }) => [name, `${placeSaid(t, said, place)} ${remarkSaid(t, remark)}`]),
    ),
    ...Object.fromEntries(
      Object.entries(troubles).map(([name, trouble]) => [name, t(`forms.trouble.${trouble}`)]),
    ),
  };
}
