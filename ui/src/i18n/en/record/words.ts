/** The words of a kind that is said of a person, all of them in one section. */
export interface ClaimWords {
  /** One of them, as a dispute, a form that changes it, and what was left unfinished call it. */
  one: string;
  /** Its card, its tab, its chip. */
  many: string;
  /** Its card where there is none. */
  none: string;
  /** The forms that add one and withdraw one. */
  add: string;
  withdraw: string;
  /** Two letters before its row of the timeline. */
  mark: string;
  /** What the trail says of its five commands. */
  done: { add: string; edit: string; void: string; one: string; many: string };
  /** What stands at each field of its form. */
  field: Readonly<Record<string, string>>;
  /** The words of each closed set, as the form says them. */
  word?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The same within a row, where that is not as in the form. */
  said?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
