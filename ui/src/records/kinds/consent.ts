import type { LineOf } from "../kind";

export const consent: LineOf<"consent"> = ({ sort, text, answer, by, guardian }, { t, word }) => ({
  title: sort && word("sort", sort),
  small: [
    text &&
      answer &&
      t("consent.said", { text, answer: word("answer", answer), by: guardian ?? (by ? word("by", by) : "") }),
  ],
});
