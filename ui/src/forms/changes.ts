/** What a field holds, as a command wants it. */
export type Stored = string | boolean;

/** What changed, by path (`family`, `contacts/ID/value`): null for what was taken away. */
export type Patch = Record<string, Stored | null>;

/** The same of known values: each field by its own type, and the parts of entries by their paths. */
export type PatchOf<Values> = {
  [Name in keyof Values as NonNullable<Values[Name]> extends Stored ? Name : never]?: Exclude<
    NonNullable<Values[Name]>,
    ""
  > | null;
} & { [part: `${string}/${string}`]: Stored | null };

/**
 * The values of a form by path, as they are stored: text trimmed, and nothing for what says nothing, which is empty
 * text, `false`, and an entry without a part.
 */
export function storedOf(values: object): Map<string, Stored> {
  const found = new Map<string, Stored>();
  const look = (value: unknown, path: string) => {
    if (typeof value === "object" && value !== null) {
      for (const [name, part] of Object.entries(value)) look(part, path ? `${path}/${name}` : name);
    } else if (typeof value === "string") {
      if (value.trim()) found.set(path, value.trim());
    } else if (value === true) found.set(path, value);
  };
  look(values, "");
  return found;
}

/** What differs between two states of a form. */
export function changesOf<Values extends object>(
  before: Values,
  after: Values,
  stored: (values: Values) => Map<string, Stored> = storedOf,
): PatchOf<Values> {
  const [old, now] = [stored(before), stored(after)];
  const changed: Patch = {};
  for (const [path, value] of now) if (old.get(path) !== value) changed[path] = value;
  for (const path of old.keys()) if (!now.has(path)) changed[path] = null;
  return changed as PatchOf<Values>;
}
