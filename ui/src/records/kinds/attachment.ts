import type { LineOf } from "../kind";

export const attachment: LineOf<"attachment"> = ({ title, sort, pages, note, reading }, { t, word }) => ({
  title,
  small: [
    sort && word("sort", sort),
    pages !== undefined && pages > 1 && t("files.pages", { count: pages }),
    note,
  ],
  tag: reading === "unread" ? { kind: "warn", text: word("reading", reading) } : undefined,
});
