import type { InputOf, OutputOf } from "../../host/host";

/** A file in the list of a chart. */
export type FileRow = OutputOf<"files">["rows"][number];
/** A file with all that is known of it. */
export type FileView = OutputOf<"file">;
/** Where its bytes are. */
export type State = FileView["state"];
/** A file before it is filed. */
export type Looked = OutputOf<"look_at_file">;
/** Whom a file names. */
export type Says = NonNullable<Looked["says"]>;
/** What a file is to whoever looks for it. */
export type Sort = NonNullable<FileRow["sort"]>;
/** What a person says of a file. */
export type Text = InputOf<"add_file">["details"];
/** A certificate of the clinic’s own, which stands among the files. */
export type Certificate = OutputOf<"certificates_of">["rows"][number];

/** Every sort, in the order in which it is offered; one that is missing here does not compile. */
const ORDER: { [sort in Sort]: number } = {
  laboratory: 1,
  xray: 2,
  photo: 3,
  consultation: 4,
  referral: 5,
  prescription: 6,
  consent: 7,
  outside_certificate: 8,
  insurance: 9,
  device: 10,
  identity: 11,
  other: 12,
};

/** The sorts in the order in which they are offered. */
export const SORTS = (Object.keys(ORDER) as Sort[]).sort((one, other) => ORDER[one] - ORDER[other]);
