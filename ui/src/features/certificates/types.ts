import type { InputOf, OutputOf } from "../../host/host";

/** A certificate as one person may see it, with what they may do to it. */
export type View = OutputOf<"certificate">;
/** A line of a list of certificates. */
export type Row = OutputOf<"certificates">["rows"][number];
/** The lists that a clinic's certificates stand in. */
export type List = InputOf<"certificates">["list"];
/** A template with whether the person signed in may issue it. */
export type Offered = OutputOf<"templates">["rows"][number];
/** What a certificate says, as a draft is written. */
export type Text = InputOf<"draft_certificate">["details"];
/** The days that a certificate covers. */
export type Days = NonNullable<View["days"]>;
/** The true pages, as pictures. */
export type Pages = OutputOf<"certificate_pages">;
/** The pages of what is being typed, with what the form is told about it. */
export type Preview = OutputOf<"preview_certificate">;
/** How far a certificate is. */
export type Status = View["status"];
